/** What the kernel answers about files that real PyTorch wrote, and about files that are wrong or hostile. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PyDict } from '../../../torch/python/values';
import { MemorySource } from '../../../torch/serialization/byte-source';
import { load } from '../../../torch/serialization/load';
import { Refusal } from '../../../torch/serialization/refusal';
import type { ComparisonView } from '../../views/comparison';
import type { FoldsView, InspectedFile, StatisticsView } from '../../views/inspection';
import type { InspectionAnswer, InspectionKind, InspectionRequest, Inspections } from './inspections';
import { Inspector } from './inspector';

const serialization = new URL('../../../torch/serialization/testdata/', import.meta.url);
const uploads = new URL('../../../../e2e/fixtures/uploads/', import.meta.url);
const read = (name: string, folder: URL) => new Uint8Array(readFileSync(new URL(name, folder)));

const files = new Map([
  ...['mlp_state_dict.pth', 'mlp_model.pth', 'nested_state_dict.pth', 'values.pth'].map(
    (name) => [name, read(name, serialization)] as const,
  ),
  ['tensors.pth', read('exports/tensors.pth', serialization)] as const,
  ...['friend_parameter.pth', 'friend_wider.pth', 'hostile_reduce.pth', 'truncated.pth', 'empty.pth'].map(
    (name) => [name, read(name, uploads)] as const,
  ),
]);
const sources = new Map<Uint8Array, MemorySource>();
const inspector = new Inspector((name) => {
  const bytes = files.get(name);
  if (!bytes) return null;
  const source = sources.get(bytes) ?? new MemorySource(bytes);
  sources.set(bytes, source);
  return source;
});

async function ask<K extends InspectionKind>(
  about: K,
  what: Inspections[K]['ask'],
): Promise<NonNullable<Inspections[K]['answer']>> {
  const answer: InspectionAnswer | null = await inspector.answer({ about, ...what } as InspectionRequest);
  return answer as NonNullable<Inspections[K]['answer']>;
}

const ids = (words: InspectedFile['has']) => words.map(({ id }) => id);

describe('a file in one line', () => {
  test('a state_dict keeps tensors, and says neither class nor mode nor what is a buffer', async () => {
    const { description, has, lacks } = await ask('describe', { file: 'mlp_state_dict.pth' });
    expect(description.identity.id).toBe('state_dict');
    expect(has).toContainEqual({ id: 'tensors', params: { count: 8, values: 37 } });
    expect(has).toContainEqual({ id: 'tags', params: { tags: 'cpu' } });
    expect(ids(lacks)).toEqual(['class', 'training', 'roles', 'optimizer']);
  });

  test('a whole model says what is a parameter and in which mode it was saved', async () => {
    const { has, lacks } = await ask('describe', { file: 'mlp_model.pth' });
    expect(has).toContainEqual({ id: 'parameters', params: { count: 8, parameters: 28, buffers: 9 } });
    expect(has).toContainEqual({ id: 'training', params: { flag: 'False' } });
    expect(ids(lacks)).toEqual(['source', 'path', 'optimizer']);
  });

  test('a checkpoint names its parts', async () => {
    const { has } = await ask('describe', { file: 'values.pth' });
    expect(ids(has)).toContain('tensors');
  });

  test('a file that is not on the shelf has no answer', async () => {
    expect(await inspector.answer({ about: 'describe', file: 'nowhere.pth' })).toBeNull();
  });
});

test('a file that can no longer be read has no answer either', async () => {
  class Gone extends MemorySource {
    override async read(): Promise<Uint8Array> {
      throw new Refusal('unreadable', 'moved');
    }
  }
  const broken = new Inspector(() => new Gone(new Uint8Array(100)));
  expect(await broken.answer({ about: 'describe', file: 'a.pth' })).toBeNull();
});

describe('opening a file', () => {
  test('gives what PyTorch gives', async () => {
    const [byDefault, ...more] = await ask('openings', { file: 'mlp_state_dict.pth' });
    expect(byDefault.words).toEqual({ id: 'gives', params: { what: 'collections.OrderedDict' } });
    expect(more).toEqual([]);
  });

  test('raises what PyTorch raises, and asks for the class otherwise', async () => {
    const [byDefault, trusting] = await ask('openings', { file: 'mlp_model.pth' });
    expect(byDefault.error?.type).toBe('_pickle.UnpicklingError');
    expect(byDefault.error?.message).toContain('Unsupported global: GLOBAL __main__.Net');
    expect(trusting.words).toEqual({ id: 'needsMain', params: { what: '__main__.Net' } });
  });

  test('would run what a hostile file calls', async () => {
    const [byDefault, trusting] = await ask('openings', { file: 'hostile_reduce.pth' });
    expect(byDefault.error?.type).toBe('_pickle.UnpicklingError');
    expect(trusting.words).toEqual({
      id: 'calls',
      params: { what: "os.system('echo MATCHBOOK_MARKER')" },
    });
  });

  test.each(['truncated.pth', 'empty.pth'])('%s raises, and has nothing more to it', async (file) => {
    const [byDefault, ...more] = await ask('openings', { file });
    expect(byDefault.error).not.toBeNull();
    expect(more).toEqual([]);
  });
});

describe('the values of a tensor', () => {
  test('are told with the first of them', async () => {
    const loaded = load(files.get('tensors.pth') as Uint8Array);
    const names = loaded instanceof PyDict ? [...loaded.keys()] : [];
    const scalar = names.indexOf('scalar');
    const [found] = (await ask('statistics', {
      file: 'tensors.pth',
      tensors: [scalar],
    })) as readonly StatisticsView[];
    expect(found).toMatchObject({ tensor: scalar, count: 1, min: 40, max: 40, first: ['40'], histogram: [] });
  });

  test('that cannot be read are told as such, and the others are not lost', async () => {
    const cut = (files.get('mlp_state_dict.pth') as Uint8Array).slice();
    // The name of a record in the directory: PyTorch looks it up there.
    const at = Buffer.from(cut).lastIndexOf('data/1');
    cut.set(Buffer.from('data/x'), at);
    files.set('cut.pth', cut);
    const answers = await ask('statistics', { file: 'cut.pth', tensors: [0, 1, 2] });
    expect(answers.map((answer) => 'problem' in answer)).toEqual([false, true, false]);
  });
});

test('the parts of a checkpoint are the entries of its dict, in order', async () => {
  const { description } = await ask('describe', { file: 'values.pth' });
  const outline = async (path: readonly number[]) =>
    ask('outline', { file: 'values.pth', pickle: description.mainPickle, path });
  const root = await outline([]);
  const keys = root.kind === 'dict' ? root.entries.map(([key]) => key.kind === 'str' && key.value) : [];
  expect(description.parts.map(({ key }) => key)).toEqual(keys);
  const many = await outline([2 * keys.indexOf('many') + 1]);
  expect(many.kind === 'list' && many.items.at(-1)).toEqual({ kind: 'more', count: 801 });
});

describe('the folds of a pickle', () => {
  test('leave a line for each tensor of a state_dict', async () => {
    const { folds, memo } = await ask('folds', { file: 'mlp_state_dict.pth', pickle: 0 });
    const tensors = folds.filter(({ words }) => words.id === 'tensor' && words.params.key !== undefined);
    expect(tensors.map(({ key }) => key)).toEqual([
      ...['fc1.weight', 'fc1.bias', 'bn1.weight', 'bn1.bias', 'bn1.running_mean', 'bn1.running_var'],
      ...['bn1.num_batches_tracked', 'fc2.weight'],
    ]);
    expect(folds.every(({ open }) => !open)).toBe(true);
    expect(memo.some((one) => one === 1)).toBe(true);
  });

  test('stand open where something is refused', async () => {
    const { folds } = await ask('folds', { file: 'mlp_model.pth', pickle: 0 });
    const open = folds.filter((fold) => fold.open).map(({ key }) => key);
    expect(open).toEqual([null, '_modules', 'fc1', 'bn1', 'relu', 'dropout', 'fc2']);
  });

  /** Outer before inner, and none across another. */
  function expectNested(folds: FoldsView['folds']): void {
    const ends: number[] = [];
    for (const { start, end } of folds) {
      while (ends.length > 0 && (ends.at(-1) as number) < start) ends.pop();
      expect(end).toBeLessThanOrEqual(ends.at(-1) ?? Number.POSITIVE_INFINITY);
      expect(end).toBeGreaterThan(start);
      ends.push(end);
    }
  }

  test.each(['mlp_model.pth', 'nested_state_dict.pth', 'values.pth'])('nest in %s', async (file) => {
    const { folds } = await ask('folds', { file, pickle: 0 });
    expectNested(folds);
    expect(folds.length).toBeGreaterThan(3);
  });

  test('nest whatever the pickle is', async () => {
    const bytes = files.get('mlp_state_dict.pth') as Uint8Array;
    const { description } = await ask('describe', { file: 'mlp_state_dict.pth' });
    const { dataOffset, size } = description.records[0];
    const change = fc.tuple(fc.nat(size - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const mutated = bytes.slice();
        for (const [at, byte] of changes) mutated[(dataOffset as number) + at] = byte;
        files.set('mutated.pth', mutated);
        expectNested((await ask('folds', { file: 'mutated.pth', pickle: 0 }))?.folds ?? []);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});

describe('two files', () => {
  test('of the same values differ in nothing', async () => {
    files.set('again.pth', (files.get('mlp_state_dict.pth') as Uint8Array).slice());
    const view = await ask('compare', { left: 'mlp_state_dict.pth', right: 'again.pth' });
    expect(view.others).toEqual([]);
    expect(new Set(view.rows.map(({ state }) => state))).toEqual(new Set(['same']));
    const differences = await differencesOf('mlp_state_dict.pth', 'again.pth', view);
    expect(differences.map((one) => ('different' in one ? one.different : -1))).toEqual(
      view.rows.map(() => 0),
    );
  });

  test('a state_dict and a whole model of one net hold the same tensors', async () => {
    const view = await ask('compare', { left: 'mlp_state_dict.pth', right: 'mlp_model.pth' });
    expect(view.others.map(({ words }) => words.id)).toEqual(['kind']);
    expect(view.rows.every(({ state }) => state === 'same')).toBe(true);
  });

  test('with other shapes are told so, key by key', async () => {
    const view = await ask('compare', { left: 'friend_parameter.pth', right: 'friend_wider.pth' });
    const states = Object.fromEntries(view.rows.map(({ name, state }) => [name, state]));
    expect(states['fc1.weight']).toBe('shape');
    expect(states['fc2.bias']).toBe('same');
  });

  test('differ by what one element was changed', async () => {
    const changed = (files.get('mlp_state_dict.pth') as Uint8Array).slice();
    const described = await ask('describe', { file: 'mlp_state_dict.pth' });
    const { storages, tensors } = described.description;
    const at = storages[tensors[0].storage].dataOffset as number;
    const view = new DataView(changed.buffer, changed.byteOffset);
    const before = view.getFloat32(at + 8, true);
    view.setFloat32(at + 8, before + 0.5, true);
    files.set('changed.pth', changed);
    const compared = await ask('compare', { left: 'mlp_state_dict.pth', right: 'changed.pth' });
    const [first, second] = await differencesOf('mlp_state_dict.pth', 'changed.pth', compared);
    expect(first).toMatchObject({ tensor: 0, count: 8, different: 1, at: 2, leftValue: before });
    expect('largest' in first && first.largest).toBeCloseTo(0.5, 6);
    expect('mean' in first && first.mean).toBeCloseTo(0.5 / 8, 6);
    expect(second).toMatchObject({ different: 0, largest: 0 });
    const { faults } = await ask('records', { file: 'changed.pth' });
    expect(faults.map(({ id }) => id)).toEqual(['checksum']);
  });

  const differencesOf = (left: string, right: string, { rows }: ComparisonView) =>
    ask('differences', { left, right, pairs: rows.map((row) => [row.left, row.right] as const) });
});

describe('an export', () => {
  test('of all tensors is what safetensors writes', async () => {
    const { name, data, notes } = await ask('export', {
      file: 'tensors.pth',
      as: { format: 'safetensors' },
    });
    expect(name).toBe('tensors.safetensors');
    const bytes = Buffer.from(await (data as Blob).arrayBuffer());
    expect(bytes.equals(read('exports/tensors.safetensors', serialization))).toBe(true);
    expect(notes).toEqual([{ id: 'noCode', params: { count: 1, keys: 'complex128' } }]);
  });

  test('to NumPy says which dtypes it has not', async () => {
    const { name, data, notes } = await ask('export', { file: 'tensors.pth', as: { format: 'npz' } });
    expect(name).toBe('tensors.npz');
    expect((data as Blob).size).toBeGreaterThan(2000);
    expect(notes).toEqual([
      { id: 'widened', params: { count: 3, keys: 'bfloat16, float8_e4m3fn, float8_e5m2' } },
    ]);
  });

  test('of one tensor is text that Python writes the same', async () => {
    const texts: Record<string, string> = JSON.parse(
      new TextDecoder().decode(read('exports/csv.json', serialization)),
    );
    const { description } = await ask('describe', { file: 'tensors.pth' });
    for (const [tensor, { name }] of description.tensors.entries()) {
      const made = await ask('export', { file: 'tensors.pth', as: { format: 'csv', tensor } });
      expect(await (made.data as Blob).text(), name).toBe(texts[name]);
    }
    const first = await ask('export', { file: 'tensors.pth', as: { format: 'csv', tensor: 16 } });
    expect(first.name).toBe('tensors.fc1.weight.csv');
  });

  test('writes each of two tensors of one storage in full', async () => {
    const { notes } = await ask('export', { file: 'nested_state_dict.pth', as: { format: 'safetensors' } });
    expect(notes).toEqual([{ id: 'unshared', params: { count: 1, keys: 'out.weight' } }]);
  });
});
