/** Statistics against PyTorch's and NumPy's of the same tensors. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { numbersIn } from './elements';
import { PyDict } from './python/values';
import { load } from './serialization/load';
import { HistogramPass, MomentsPass } from './statistics';
import { Tensor } from './tensor';

interface Expected {
  readonly count: number;
  readonly zeros: number;
  readonly nan: number;
  readonly infinite: number;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  readonly std?: number;
  readonly histogram?: readonly number[];
}

const folder = new URL('./serialization/testdata/exports/', import.meta.url);
const expected: Record<string, Expected> = JSON.parse(
  readFileSync(new URL('statistics.json', folder), 'utf8'),
);
const valuesOf = new Map(
  ['tensors.pth', 'many.pth'].flatMap((file) => {
    const loaded = load(new Uint8Array(readFileSync(new URL(file, folder))));
    if (!(loaded instanceof PyDict)) throw new Error('no dict');
    return [...loaded].flatMap(([key, tensor]) =>
      tensor instanceof Tensor
        ? [[String(key), numbersIn(tensor.contiguousBytes(), tensor.dtype)] as const]
        : [],
    );
  }),
);

/** In pieces of three, so that pieces are merged. */
function pieces(name: string): Float64Array[] {
  const values = valuesOf.get(name) as Float64Array;
  return Array.from({ length: Math.ceil(values.length / 3) }, (_, i) => values.subarray(3 * i, 3 * i + 3));
}

test.each(Object.entries(expected))('%j', (name, about) => {
  const moments = new MomentsPass();
  for (const piece of pieces(name)) moments.add(piece);
  const { min, max, mean, std, ...counts } = moments.result();
  const near = (x: number | undefined) => (x === undefined ? Number.NaN : expect.closeTo(x, 6));
  expect(counts).toEqual({
    count: about.count,
    zeros: about.zeros,
    nan: about.nan,
    infinite: about.infinite,
  });
  // Which of two zeros is the smallest is nobody's promise: + 0 makes them one.
  expect([min + 0, max + 0]).toEqual([(about.min ?? Number.NaN) + 0, (about.max ?? Number.NaN) + 0]);
  // Sums in another order differ in the last digits of a double.
  const scale = Math.max(Math.abs(about.min ?? 1), Math.abs(about.max ?? 1), 1);
  expect([mean / scale, std / scale]).toEqual([
    near(about.mean === undefined ? undefined : about.mean / scale),
    near(about.std === undefined ? undefined : about.std / scale),
  ]);
  if (!about.histogram) return;
  const histogram = new HistogramPass(min, max, about.histogram.length);
  for (const piece of pieces(name)) histogram.add(piece);
  expect(histogram.counts).toEqual(about.histogram);
});

test('values far from zero keep their spread', () => {
  const moments = new MomentsPass();
  for (const piece of pieces('far')) moments.add(piece);
  expect(moments.result().std).toBeCloseTo(expected.far.std as number, 6);
});
