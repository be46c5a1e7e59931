/** Data sets, loaders and splits, against what PyTorch recorded. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PythonError } from '../errors';
import { randint, randperm, uniform } from '../random/distributions';
import { Generator } from '../random/generator';
import { normal } from '../random/normal';
import { Tensor } from '../tensor';
import blobs from './blobs.json';
import circles from './circles.json';
import { DataLoader } from './dataloader';
import { rowsOf } from './dataset';
import digits from './digits.json';
import { twoMoons } from './moons';
import moons from './moons.json';
import { type DatasetName, datasetNames, loadDataset } from './named';
import { randomSplit } from './random-split';
import spiral from './spiral.json';
import { TensorDataset } from './tensor-dataset';
import recorded from './testdata/loaders.json';

const stored: Readonly<Record<DatasetName, { readonly sha256: string }>> = {
  moons,
  circles,
  spiral,
  blobs,
  digits,
};

describe.each(datasetNames)('%s', (name) => {
  test('are the bytes PyTorch made', async () => {
    const { x } = (await loadDataset(name)).data;
    expect(createHash('sha256').update(new Uint8Array(x.buffer)).digest('hex')).toBe(stored[name].sha256);
  });

  test('have a class for each row, equally many of each', async () => {
    const { n, x, y, shape, features, classes } = (await loadDataset(name)).data;
    expect(y.length).toBe(n);
    expect(x.length).toBe(n * features);
    expect(shape.reduce((a, b) => a * b, 1)).toBe(features);
    const counts = Array.from({ length: classes }, (_, c) => y.filter((label) => label === c).length);
    expect(counts).toEqual(new Array(classes).fill(n / classes));
  });

  test('say how they come about', async () => {
    expect((await loadDataset(name)).code).toMatch(/x, y = /);
  });
});

test('the digits say who made them and under which licence', async () => {
  expect((await loadDataset('digits')).credit).toMatch(/UCI.*CC BY 4\.0/);
});

test('two moons follow from the generator: angle, noise and order are its draws', () => {
  const generator = new Generator(0);
  const half = twoMoons.n / 2;
  const angle = uniform(generator, half).map((t) => Math.fround(t * Math.PI));
  const noise = uniform(generator, twoMoons.n * 2);
  const order = randperm(generator, twoMoons.n);
  for (const [at, row] of order.entries()) {
    const inner = row >= half;
    const t = angle[inner ? row - half : row];
    const [px, py] = inner ? [1 - Math.cos(t), 0.5 - Math.sin(t)] : [Math.cos(t), Math.sin(t)];
    expect(twoMoons.x[2 * at]).toBeCloseTo(px + 0.3 * (2 * noise[2 * row] - 1), 6);
    expect(twoMoons.x[2 * at + 1]).toBeCloseTo(py + 0.3 * (2 * noise[2 * row + 1] - 1), 6);
    expect(twoMoons.y[at]).toBe(inner ? 1 : 0);
  }
});

test('blobs follow from the generator, bit for bit', async () => {
  const { data } = await loadDataset('blobs');
  const noise = normal(new Generator(0), data.n * 2);
  const expected = noise.map((z, i) => {
    const label = data.y[i >> 1];
    const centre = (i % 2 === 0 ? label % 2 : label >> 1) * 2 - 1;
    return Math.fround(centre + Math.fround(0.5 * z));
  });
  expect(data.x).toEqual(expected);
});

test('rowsOf picks rows in order', () => {
  expect([...rowsOf(twoMoons, [3, 1])]).toEqual([...twoMoons.x.subarray(6, 8), ...twoMoons.x.subarray(2, 4)]);
});

interface Recorded {
  readonly value?: unknown;
  readonly error?: { readonly type: string; readonly message: string };
  readonly next?: readonly number[];
  readonly warnings?: readonly string[];
}

/** What a run gives, and a draw after it from the global generator and from one of its own. */
function outcome(run: (global: Generator, own: Generator) => unknown): Recorded {
  const [global, own] = [new Generator(0), new Generator(5)];
  try {
    const value = run(global, own);
    return { value, next: [global, own].map((g) => randint(g, 1, 0, 2 ** 24)[0]) };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { error: { type: error.type, message: error.message } };
  }
}

function only({ value, error, next }: Recorded): Recorded {
  return error ? { error } : { value, next: next ?? [] };
}

describe('DataLoader', () => {
  const cases = recorded.loaders as (Recorded & {
    n: number;
    epochs: number;
    stop: number | null;
    own: boolean;
    options: { batch_size?: number; shuffle?: boolean; drop_last?: boolean };
  })[];

  test.each(cases)('n $n, $options, own generator $own, stop $stop', (row) => {
    const { n, epochs, stop, own, options } = row;
    const got = outcome((global, generator) => {
      const loader = new DataLoader(n, {
        batchSize: options.batch_size ?? 1,
        shuffle: options.shuffle ?? false,
        dropLast: options.drop_last ?? false,
        ...(own && { generator }),
      });
      const epoch = (): number[][] => {
        const batches: number[][] = [];
        for (const batch of loader.iterate(global)) {
          batches.push(batch);
          if (batches.length === stop) break;
        }
        return batches;
      };
      return { length: loader.length, epochs: Array.from({ length: epochs }, epoch) };
    });
    expect(got).toEqual(only(row));
  });
});

describe('random_split', () => {
  const cases = recorded.splits as (Recorded & { n: number; lengths: number[] })[];

  test.each(cases)('$n rows into $lengths', (row) => {
    const warnings: string[] = [];
    const got = outcome((global) =>
      randomSplit(row.n, row.lengths, global, ({ message }) => warnings.push(message)),
    );
    expect(got).toEqual(only(row));
    if (!row.error) expect(warnings).toEqual(row.warnings ?? []);
  });
});

describe('TensorDataset', () => {
  const values = [0, 1, 2, 3, 4, 5];
  const data = new TensorDataset(Tensor.float32(values, [3, 2]), Tensor.int64([4, 5, 6], [3]));
  const plain = ([x, y]: readonly Tensor[]): unknown => {
    const floats = new Float32Array(x.contiguousBytes().slice().buffer);
    const ints = new BigInt64Array(y.contiguousBytes().slice().buffer);
    return [[...floats], Number(ints[0])];
  };

  test.each(recorded.rows as (Recorded & { index: number })[])('row $index', (row) => {
    expect(outcome(() => plain(data.row(row.index)))).toEqual(only(row));
  });

  test('batches are rows stacked', () => {
    const [x, y] = data.batch([2, 0]);
    expect([x.shape, y.shape]).toEqual([[2, 2], [2]]);
    expect([...x.float32Data()]).toEqual([4, 5, 0, 1]);
    expect([...y.int64Data()]).toEqual([6n, 4n]);
  });

  test('refuses tensors of different length, and without axes', () => {
    const three = Tensor.float32([1, 2, 3], [3]);
    expect(() => new TensorDataset(three, Tensor.float32([1], [1]))).toThrow(
      new PythonError('AssertionError', 'Size mismatch between tensors'),
    );
    expect(() => new TensorDataset(Tensor.float32([1], []))).toThrow(
      new PythonError('IndexError', 'Dimension specified as 0 but tensor has no dimensions'),
    );
    expect(new TensorDataset(three).length).toBe(3);
  });
});
