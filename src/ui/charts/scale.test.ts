import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentOf, growExtent, growExtents, linear, niceCeil, niceTicks, tickDecimals } from './scale';

describe('niceCeil', () => {
  it('rounds outward to a round number', () => {
    expect(niceCeil(3.09)).toBe(3.5);
    expect(niceCeil(1.24)).toBe(1.5);
    expect(niceCeil(2)).toBe(2);
    expect(niceCeil(0.061)).toBeCloseTo(0.07);
    expect(niceCeil(0)).toBe(0);
  });

  it('is at least the value and less than twice it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (value) => {
        const nice = niceCeil(value);
        expect(nice).toBeGreaterThanOrEqual(value);
        expect(nice).toBeLessThanOrEqual(value * 1.26);
      }),
    );
  });
});

describe('extents', () => {
  it('contain zero and skip what is not finite', () => {
    expect(extentOf([2, 3])).toEqual({ lo: 0, hi: 3 });
    expect(extentOf([Number.NaN, -1, Number.POSITIVE_INFINITY])).toEqual({ lo: -1, hi: 0 });
  });

  it('grow only, and stay the same object when the values fit', () => {
    const kept = growExtent({ lo: 0, hi: 0 }, { lo: -0.4, hi: 3.6 });
    expect(kept).toEqual({ lo: -0.4, hi: 4 });
    expect(growExtent(kept, { lo: -0.3, hi: 0.2 })).toBe(kept);
    expect(growExtent(kept, { lo: -1.3, hi: 2 })).toEqual({ lo: -1.5, hi: 4 });
  });

  it('start afresh for another key', () => {
    const first = growExtents({ key: '', byName: {} }, 'a', { fc1: { lo: -9, hi: 9 } });
    expect(growExtents(first, 'a', { fc1: { lo: -1, hi: 1 } })).toBe(first);
    expect(growExtents(first, 'b', { fc1: { lo: -1, hi: 1 } }).byName.fc1).toEqual({ lo: -1, hi: 1 });
  });

  it('remember a range of nothing but zeros', () => {
    const first = growExtents({ key: '', byName: {} }, 'a', { relu: { lo: 0, hi: 0 } });
    expect(growExtents(first, 'a', { relu: { lo: 0, hi: 0 } })).toBe(first);
  });
});

describe('niceTicks', () => {
  it('gives round numbers inside the range', () => {
    expect(niceTicks(-1.4, 2.1, 4)).toEqual([-1, 0, 1, 2]);
    expect(niceTicks(0, 0.61, 3)).toEqual([0, 0.5]);
    expect(niceTicks(0, 40, 5)).toEqual([0, 10, 20, 30, 40]);
    expect(niceTicks(0, 0, 3)).toEqual([0]);
  });

  it('never gives more than asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        fc.integer({ min: 2, max: 8 }),
        (lo, span, count) => {
          const ticks = niceTicks(lo, lo + span, count);
          expect(ticks.length).toBeLessThanOrEqual(count);
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(lo - span * 1e-6);
            expect(tick).toBeLessThanOrEqual(lo + span * (1 + 1e-6));
          }
        },
      ),
    );
  });

  it('knows its decimals', () => {
    expect(tickDecimals([-1, 0, 1])).toBe(0);
    expect(tickDecimals([0, 0.5])).toBe(1);
    expect(tickDecimals([0, 0.02, 0.04])).toBe(2);
    expect(tickDecimals([0, 10])).toBe(0);
  });
});

it('linear maps ends to ends', () => {
  const y = linear(-1, 1, 100, 0);
  expect(y(-1)).toBe(100);
  expect(y(1)).toBe(0);
  expect(linear(2, 2, 5, 9)(2)).toBe(5);
});
