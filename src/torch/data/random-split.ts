/** `torch.utils.data.random_split` (torch/utils/data/dataset.py). */
import { PythonError } from '../errors';
import { randperm } from '../random/distributions';
import type { Generator } from '../random/generator';
import { silent, userWarning, type Warn } from '../warnings';

/**
 * `[subset.indices for subset in random_split(dataset, lengths, generator)]` for `n` rows; n - 1 draws.
 * Lengths that sum to 1 are fractions: each is rounded down, and what is left goes round one by one.
 * Raises ValueError for a fraction outside [0, 1] and for lengths that do not sum to n.
 */
export function randomSplit(
  n: number,
  lengths: readonly number[],
  generator: Generator,
  warn: Warn = silent,
): number[][] {
  const counts = isFractions(lengths) ? countsOf(n, lengths, warn) : lengths;
  if (sum(counts) !== n) {
    throw new PythonError(
      'ValueError',
      'Sum of input lengths does not equal the length of the input dataset!',
    );
  }
  const order = randperm(generator, n);
  let end = 0;
  return counts.map((count) => {
    end += count;
    return order.slice(end - count, end);
  });
}

/** `math.isclose(sum(lengths), 1) and sum(lengths) <= 1` */
function isFractions(lengths: readonly number[]): boolean {
  const total = sum(lengths);
  return total <= 1 && 1 - total <= 1e-9;
}

function countsOf(n: number, fractions: readonly number[], warn: Warn): number[] {
  const counts = fractions.map((fraction, i) => {
    if (fraction < 0 || fraction > 1)
      throw new PythonError('ValueError', `Fraction at index ${i} is not between 0 and 1`);
    return Math.floor(n * fraction);
  });
  const remainder = n - sum(counts);
  for (let i = 0; i < remainder; i++) counts[i % counts.length]++;
  for (const [i, count] of counts.entries()) {
    if (count > 0) continue;
    warn(userWarning(`Length of split at index ${i} is 0. This might result in an empty dataset.`));
  }
  return counts;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
