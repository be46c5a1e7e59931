import { expect, it } from 'vitest';
import { fromWire, toWire } from './wire';

it('brings maps, lists and every float32 across as text', () => {
  const value = {
    list: [1, [2], 'three'],
    values: new Map([
      ['special', Float32Array.of(-0, Number.NaN, Infinity, 1.1, 1e-45)],
      ['none', new Float32Array()],
    ]),
    part: new Float32Array([1, 2, 3, 4]).subarray(1, 3),
  };
  expect(fromWire(toWire(value))).toEqual({ ...value, part: Float32Array.of(2, 3) });
});
