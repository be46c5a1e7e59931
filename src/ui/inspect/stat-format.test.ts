import { expect, test } from 'vitest';
import { formatStat } from './stat-format';

test.each([
  [0, '0.0000'],
  [-0.0522, '−0.0522'],
  [0.001, '0.0010'],
  [0.000123456, '1.23e−4'],
  [-2.5e-9, '−2.50e−9'],
  [99999, '99999.0000'],
  [1234567, '1.23e6'],
  [Number.NaN, 'nan'],
])('%d reads %s', (value, text) => expect(formatStat(value)).toBe(text));
