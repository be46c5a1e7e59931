import { expect, test } from 'vitest';
import { merged } from './Histogram';

test.each([
  [[1, 2, 3, 4], 2, [3, 7]],
  [[1, 2, 3], 2, [1, 2, 3]],
  [[1, 2], 4, [1, 2]],
  [[], 4, []],
])('%j in at most %d bars', (bins, few, bars) => expect(merged(bins, few)).toEqual(bars));
