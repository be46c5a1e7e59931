import { describe, expect, it } from 'vitest';
import { placeLabel } from './label-place';

const area = { left: 0, right: 300, top: 0, bottom: 200 };
const size = { width: 100, height: 14 };
const flat = Array.from({ length: 31 }, (_, i) => ({ x: i * 10, y: 100 }));

describe('placeLabel', () => {
  it('stands next to the curve and not on it', () => {
    const { box } = placeLabel(flat, [], size, area)!;
    expect(box.top > 100 || box.bottom < 100).toBe(true);
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.right).toBeLessThanOrEqual(300);
  });

  it('goes to the side that has no dots', () => {
    const dots = flat.flatMap(({ x }) => [120, 130, 140, 150, 160, 170, 180].map((y) => ({ x, y })));
    expect(placeLabel(flat, dots, size, area)!.box.bottom).toBeLessThan(100);
  });

  it('gives up where there is no room', () => {
    expect(placeLabel(flat, [], size, { left: 0, right: 300, top: 95, bottom: 105 })).toBeNull();
    expect(placeLabel([], [], size, area)).toBeNull();
  });
});
