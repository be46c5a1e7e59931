/** Descriptions against PyTorch's own view of the same files, and against pickletools'. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PyDict } from '../../python/values';
import { Storage, Tensor } from '../../tensor';
import { type ByteSource, MemorySource } from '../byte-source';
import { save } from '../save';
import { openFile } from './open-file';
import { Cancelled } from './types';

const folder = new URL('../testdata/described/', import.meta.url);
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));
const readJson = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const open = (name: string) => openFile(new MemorySource(read(name)));

interface KnownTensor {
  readonly path: readonly (string | number)[];
  readonly parameter: boolean;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
  readonly requires_grad: boolean;
  readonly sha256: string;
}

const known: Record<string, KnownTensor[]> = readJson('tensors.json');

describe.each(Object.entries(known))('%s', (name, expected) => {
  test('has the tensors PyTorch finds', async () => {
    const { description } = await open(name);
    const found = description.tensors.map(({ path, dtype, shape, stride, offset, requiresGrad, fault }) => ({
      path,
      dtype,
      shape,
      stride,
      offset,
      requiresGrad,
      fault,
    }));
    expect(found).toEqual(
      expected.map(({ path, dtype, shape, stride, offset, requires_grad }) => ({
        path,
        dtype,
        shape,
        stride,
        offset,
        requiresGrad: requires_grad,
        fault: null,
      })),
    );
    expect(description.faults).toEqual([]);
  });

  test('gives their values, whole and in part', async () => {
    const file = await open(name);
    for (const [i, { sha256, path }] of expected.entries()) {
      const { numel } = file.description.tensors[i];
      const { bytes } = await file.readTensor(i, { start: 0, end: numel });
      expect([path, createHash('sha256').update(bytes).digest('hex')]).toEqual([path, sha256]);
      const [start, end] = [Math.floor(numel / 3), Math.ceil(numel * 0.7)];
      const part = await file.readTensor(i, { start, end });
      const itemsize = numel === 0 ? 1 : bytes.length / numel;
      expect(part.bytes).toEqual(bytes.slice(start * itemsize, end * itemsize));
    }
  });
});

test('a whole model is a tree of modules', async () => {
  const { description } = await open('model.pth');
  const { model, identity, tensors } = description;
  expect(identity).toEqual({ id: 'model', params: { module: 'train', class: 'Net' } });
  expect(model).toMatchObject({
    path: '',
    class: { module: 'train', name: 'Net', verdict: 'class' },
    training: true,
    modules: [
      {
        path: 'first',
        modules: [
          {
            path: 'first.lin',
            attributes: [
              ['in_features', '3'],
              ['out_features', '3'],
            ],
          },
          {},
        ],
      },
      { path: 'rest', class: { name: 'Sequential' }, modules: [{ name: '0' }, { name: '1' }] },
    ],
  });
  const names = model?.modules[0].parameters.map(([name, tensor]) => [
    name,
    tensors[tensor].name,
    tensors[tensor].role,
  ]);
  expect(names).toEqual([['scale', 'first.scale', 'parameter']]);
  expect(model?.modules[1].modules[0].parameters[1]).toEqual(['bias', -1]);
  expect(tensors.find(({ name }) => name === 'first.table')?.role).toBe('buffer');
});

test('an old whole model tells its source', async () => {
  const { description } = await open('legacy_model.pth');
  expect(description.sources.map((one) => [one.class.name, one.file, one.source])).toEqual(
    ['Sequential', 'Linear', 'ReLU'].map((name) => [name, 'linear.py', 'class ...: ...\n']),
  );
});

test('a checkpoint is a list of parts', async () => {
  const { description } = await open('checkpoint.pth');
  expect(description.parts).toEqual([
    { key: 'epoch', kind: 'value', tensors: 0, bytes: 0, text: '12' },
    { key: 'model', kind: 'state_dict', tensors: 7, bytes: 92, text: '' },
    { key: 'optimizer', kind: 'optimizer', tensors: 12, bytes: 136, text: '' },
    { key: 'losses', kind: 'container', tensors: 0, bytes: 0, text: '' },
    { key: 'note', kind: 'value', tensors: 0, bytes: 0, text: "'best'" },
  ]);
  expect(description.metadata).toContainEqual({ key: '1', version: 2, text: "{'version': 2}" });
});

describe('opcodes are told as pickletools tells them', () => {
  const pickles: { name: string; bytes: string; rows: unknown[][] }[] = readJson('pickles.json');
  test.each(pickles)('$name', async ({ bytes, rows }) => {
    const file = await openFile(new MemorySource(new Uint8Array(Buffer.from(bytes, 'base64'))));
    const told = (await file.opcodeRows(0, 0, 1e6)).map(({ position, name, argument, stack }) => [
      position,
      name,
      argument,
      stack.before,
      stack.after,
    ]);
    expect(told).toEqual(rows);
    const [first, last] = [Math.floor(rows.length / 2), rows.length - 3];
    expect((await file.opcodeRows(0, last, 3)).map(({ index }) => index)).toEqual([last, last + 1, last + 2]);
    expect(await file.opcodeRows(0, first, 2)).toHaveLength(2);
  });
});

describe('statistics', () => {
  const exportsFolder = new URL('../testdata/exports/', import.meta.url);
  const expected = JSON.parse(readFileSync(new URL('statistics.json', exportsFolder), 'utf8'));
  test.each(['tensors.pth', 'many.pth'])('of %s are those of PyTorch and NumPy', async (name) => {
    const file = await openFile(new MemorySource(new Uint8Array(readFileSync(new URL(name, exportsFolder)))));
    const { tensors } = file.description;
    expect(tensors.length).toBeGreaterThan(2);
    for (const [i, tensor] of tensors.entries()) {
      const about = expected[tensor.name];
      if (!about) continue;
      const { min, mean, std, histogram, ...counts } = await file.statistics(i);
      expect(counts).toMatchObject({
        count: about.count,
        zeros: about.zeros,
        nan: about.nan,
        infinite: about.infinite,
      });
      expect(histogram).toEqual(about.histogram ?? []);
      if (about.mean !== undefined)
        expect(mean / (Math.abs(about.mean) || 1)).toBeCloseTo(Math.sign(about.mean), 9);
      if (about.std) expect(std / about.std).toBeCloseTo(1, 6);
      if (about.min !== undefined) expect(min + 0).toBe(about.min + 0);
    }
  });
});

/** Counts what is read of bytes in memory. */
class CountingSource implements ByteSource {
  read_bytes = 0;
  private readonly inner: MemorySource;
  constructor(bytes: Uint8Array) {
    this.inner = new MemorySource(bytes);
  }
  get size(): number {
    return this.inner.size;
  }
  read(start: number, end: number): Promise<Uint8Array> {
    this.read_bytes += Math.min(end, this.size) - start;
    return this.inner.read(start, end);
  }
}

const MEGA = 1 << 20;

function bigFile(): Uint8Array {
  const tensor = (values: number) => {
    const bytes = new Uint8Array(values * 4);
    new Float32Array(bytes.buffer).fill(1.5);
    return new Tensor(new Storage('float32', bytes), [values / 1024, 1024]);
  };
  return save(
    PyDict.ordered([
      ['a', tensor(4 * MEGA)],
      ['b', tensor(2 * MEGA)],
    ]),
    'big.pth',
  );
}

test('keys are listed without reading tensors, and one is read without the others', async () => {
  const source = new CountingSource(bigFile());
  const file = await openFile(source);
  expect(file.description.tensors.map(({ name, numel }) => [name, numel])).toEqual([
    ['a', 4 * MEGA],
    ['b', 2 * MEGA],
  ]);
  expect(source.read_bytes).toBeLessThan(MEGA / 2);
  await file.readTensor(0, { start: 3 * MEGA, end: 3 * MEGA + 10 });
  expect(source.read_bytes).toBeLessThan(MEGA / 2 + 100_000);
  const seen: number[] = [];
  const { mean, std, histogram } = await file.statistics(1, {
    onProgress: (done, total) => seen.push(done / total),
  });
  expect([mean, std, histogram]).toEqual([1.5, 0, []]);
  expect(seen.at(-1)).toBe(0.5);
});

test('reading stops when it is told to', async () => {
  const file = await openFile(new MemorySource(bigFile()));
  const signal = { aborted: false };
  const onProgress = (): void => {
    signal.aborted = true;
  };
  await expect(file.statistics(0, { signal, onProgress })).rejects.toThrow(Cancelled);
});
