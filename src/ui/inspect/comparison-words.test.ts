import { expect, it, test } from 'vitest';
import type { ComparedRow, ComparisonView, DifferenceView } from '../../notebook/views/comparison';
import { comparisonWords, isDifferent } from './comparison-words';

const row = (name: string, state: ComparedRow['state'] = 'same'): ComparedRow => ({
  name,
  state,
  left: 0,
  right: 0,
});
const apart = (largest: number): DifferenceView => ({
  tensor: 0,
  count: 4,
  different: largest > 0 ? 2 : 0,
  largest,
  mean: largest / 2,
  at: 0,
  leftValue: 0,
  rightValue: 0,
});
const kind = { words: { id: 'kind', params: {} }, left: 'state_dict', right: 'model' };

function words(rows: readonly [string, number][], others: ComparisonView['others'] = []) {
  return comparisonWords(
    { rows: rows.map(([name]) => row(name)), others },
    rows.map(([, largest]) => apart(largest)),
  );
}

test('a forgotten eval() moves the running statistics alone', () => {
  const moved = words([
    ['fc1.weight', 0],
    ['bn1.running_mean', 0.2],
    ['bn1.running_var', 0.1],
    ['bn1.num_batches_tracked', 3],
  ]);
  expect(moved).toEqual({ id: 'runningStatistics', params: { count: 3, total: 4, forwards: 3 } });
});

test('training moves more', () => {
  expect(
    words([
      ['fc1.weight', 0.1],
      ['bn1.running_mean', 0.2],
      ['fc2.bias', 0],
    ]).id,
  ).toBe('someValues');
  expect(words([['fc1.weight', 0.1]]).id).toBe('allValues');
});

test('a state_dict and a whole model may hold the same tensors', () => {
  expect(words([['fc1.weight', 0]], [kind]).id).toBe('sameTensorsOtherKind');
  expect(words([['fc1.weight', 0]]).id).toBe('same');
});

test('other keys and shapes come before other values', () => {
  const rows = [row('fc1.weight', 'shape'), row('fc2.weight')];
  expect(comparisonWords({ rows, others: [] }, [undefined, apart(1)])).toEqual({
    id: 'structure',
    params: { count: 2, total: 2, structure: 1 },
  });
  expect(comparisonWords({ rows: rows.slice(0, 1), others: [] }, [undefined]).id).toBe('strangers');
});

it('is not known whether values differ before they have been compared', () => {
  expect(isDifferent(row('a'), undefined)).toBeNull();
  expect(isDifferent(row('a', 'left'), undefined)).toBe(true);
  expect(isDifferent(row('a'), { tensor: 0, problem: 'cut short' })).toBe(true);
});
