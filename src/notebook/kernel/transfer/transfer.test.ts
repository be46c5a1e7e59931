import { beforeAll, describe, expect, test } from 'vitest';
import { UserModule } from '../../../torch/program/user-module';
import { PyDict } from '../../../torch/python/values';
import { Generator } from '../../../torch/random/generator';
import { save } from '../../../torch/serialization/save';
import { classOfNetwork, widened } from '../../class-of-network';
import { firstNotebook } from '../../document';
import type { NetworkSpec } from '../../network';
import type { TransferProgram } from '../../transfer-program';
import type { KernelView } from '../../views';
import type { TransferView } from '../../views/transfer';
import { Kernel } from '../kernel';
import fixture from './testdata/transfer.json';

const { network, seed } = firstNotebook;
const SEED_OF_FILES = 7;

function stateDictOf(spec: NetworkSpec): PyDict {
  return UserModule.create(classOfNetwork(spec), new Generator(SEED_OF_FILES)).stateDict();
}

/** The files of scripts/fixtures/make_transfer.py, written here. */
function files(): Record<string, PyDict> {
  const own = stateDictOf(network);
  const head = network.layers.length - 1;
  const four = network.layers.map((card, i) =>
    card.kind === 'Linear' && i === head ? { ...card, out_features: 4 } : card,
  );
  const without = network.layers.filter(({ kind }) => kind !== 'BatchNorm1d');
  return {
    'own.pth': own,
    'wide.pth': stateDictOf(widened(network)),
    'plain.pth': stateDictOf({ ...network, layers: without }),
    'parallel.pth': new PyDict([...own].map(([key, value]) => [`module.${String(key)}`, value])),
    'whole.pth': stateDictOf({ ...network, layers: four }),
    'headless.pth': new PyDict([...own].filter(([key]) => !String(key).startsWith('fc2'))),
  };
}

let kernel: Kernel;
let latest: KernelView | null = null;

async function run(program: TransferProgram): Promise<{ view: KernelView; transfer: TransferView }> {
  await kernel.execute([{ type: 'transfer', program }], 'transfer');
  if (!latest?.transfer) throw new Error('no transfer');
  return { view: latest, transfer: latest.transfer };
}

beforeAll(async () => {
  kernel = new Kernel({
    opener: null,
    onView: (view) => {
      latest = view;
    },
  });
  await kernel.execute([{ type: 'define', network, seed }]);
  for (const [file, object] of Object.entries(files())) {
    await kernel.execute([{ type: 'upload', file, data: new Blob([save(object, file) as BlobPart]) }]);
  }
});

describe('every transfer ends as it does in Python:', () => {
  test.each(fixture.cases.map((c) => ({ name: JSON.stringify(c.choice), c })))('$name', async ({ c }) => {
    const { view, transfer } = await run(c.choice as TransferProgram);
    expect(view.log.at(-1)?.code).toBe(c.code);
    expect(transfer.error && `${transfer.error.type}: ${transfer.error.message}`).toBe(c.error ?? null);
    expect(transfer.printed ?? '').toBe(c.printed);
    const trained = Object.fromEntries(
      transfer.rows.flatMap(({ key, kind }) =>
        kind === 'trained' || kind === 'frozen' ? [[key, kind === 'trained']] : [],
      ),
    );
    expect(trained).toEqual(c.requires_grad);
    if (!c.moved || !c.losses) return expect(transfer.steps).toBeNull();
    expect(transfer.steps?.count).toBe(c.losses.length);
    expect(transfer.steps?.firstLoss).toBeCloseTo(c.losses[0], 5);
    expect(transfer.steps?.lastLoss).toBeCloseTo(c.losses.at(-1) ?? Number.NaN, 4);
    expect(transfer.steps?.before).toBeCloseTo(c.before ?? Number.NaN, 6);
    // A point that lies on the border may fall on either side of it.
    expect(Math.abs((transfer.steps?.after ?? 0) - (c.after ?? 0))).toBeLessThanOrEqual(1 / 256);
    const moved = transfer.rows.flatMap((row) => (row.moved === null ? [] : [[row.key, row.moved] as const]));
    expect(moved.map(([key]) => key)).toEqual(Object.keys(c.moved));
    for (const [key, far] of moved) {
      const want = c.moved[key as keyof typeof c.moved] as number;
      expect(Math.abs(far - want), key).toBeLessThanOrEqual(1e-4 * Math.max(1, want));
      // What is frozen does not move in the last bit. A bias that BatchNorm takes away again has a gradient of rounding alone,
      // which may be nothing.
      if (trained[key] === false) expect([key, far, want]).toEqual([key, 0, 0]);
    }
  });
});

test('what becomes of each key is counted in keys and in numbers', async () => {
  const own = { file: 'own.pth', pick: 'matching', freeze: true, body: 'train' } as const;
  const { transfer } = await run(own);
  expect(transfer.totals).toEqual({
    loaded: { keys: 7, numbers: 16 * 2 + 16 + 4 * 16 + 1 },
    kept: { keys: 0, numbers: 0 },
    skipped: { keys: 2, numbers: 16 * 4 + 4 },
    unexpected: { keys: 0, numbers: 0 },
  });
  expect([transfer.frozen, transfer.trained]).toEqual([16 * 2 + 16 + 2 * 16, 16 * 4 + 4]);
  const parallel = await run({ ...own, file: 'parallel.pth' });
  expect(parallel.transfer.totals).toMatchObject({
    loaded: { keys: 0 },
    kept: { keys: 9 },
    unexpected: { keys: 9 },
  });
});

test("the learner's own model, its mode and its random numbers stay as they were", async () => {
  await kernel.execute([{ type: 'forward', batchSize: 8 }]);
  const before = latest as KernelView | null;
  const { view } = await run({ file: 'own.pth', pick: 'matching', freeze: false, body: 'train' });
  expect(view.draws).toBe(before?.draws);
  expect(view.batchNorm).toEqual(before?.batchNorm);
  expect(view.forward).toEqual(before?.forward);
  expect(view.training).toEqual(before?.training);
});

test('a file that is not there, and one that holds no dict, raise what Python raises', async () => {
  const gone = await run({ file: 'gone.pth', pick: 'matching', freeze: true, body: 'train' });
  expect(gone.transfer.error).toMatchObject({ type: 'FileNotFoundError' });
  await kernel.execute([{ type: 'save', what: 'cuda', file: 'cuda.pth', home: '__main__' }]);
  const cuda = await run({ file: 'cuda.pth', pick: 'matching', freeze: true, body: 'train' });
  expect(cuda.transfer.error?.message).toMatch(/^Attempting to deserialize object on a CUDA device/);
  expect(cuda.transfer.steps).toBeNull();
});

test('another network takes its transfer with it', async () => {
  await run({ file: 'own.pth', pick: 'matching', freeze: true, body: 'train' });
  await kernel.execute([{ type: 'define', network, seed: seed + 1 }]);
  expect(latest?.transfer).toBeNull();
});
