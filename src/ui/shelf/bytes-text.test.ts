import { expect, test } from 'vitest';
import { bytesText } from './bytes-text';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 KB'],
  [4396, '4.4 KB'],
  [2_345_678, '2.3 MB'],
  [3_145_728_000, '3.1 GB'],
])('%d bytes read as %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
