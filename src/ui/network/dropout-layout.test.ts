import { describe, expect, it } from 'vitest';
import { cellsPath, layoutGrid } from './dropout-layout';

describe('layoutGrid', () => {
  it('is the mock at 8 x 16', () => {
    const grid = layoutGrid(8, 16, 500, 16);
    expect([grid.cell, grid.gap, grid.labelEvery]).toEqual([24, 4, 1]);
  });

  it('shrinks the cells to 6 px and no further, whatever the batch', () => {
    for (const rows of [1, 2, 7, 32, 64]) {
      for (const units of [1, 3, 16, 40, 64]) {
        for (const width of [318, 358, 496]) {
          const grid = layoutGrid(rows, units, width, 16);
          expect(grid.cell).toBeGreaterThanOrEqual(6);
          expect(grid.cell).toBeLessThanOrEqual(24);
          if (grid.cell > 6) expect(grid.width).toBeLessThanOrEqual(width + 1);
        }
      }
    }
    expect(layoutGrid(64, 64, 496, 16).height).toBeLessThan(500);
  });

  it('thins out the row numbers before they touch', () => {
    const grid = layoutGrid(64, 64, 496, 16);
    expect(grid.labelEvery * grid.pitch).toBeGreaterThanOrEqual(15);
  });
});

describe('cellsPath', () => {
  it('has one outline per cell asked for, at its place', () => {
    const grid = layoutGrid(2, 3, 500, 16);
    const path = cellsPath(grid, 6, 3, 0, (i) => i === 4);
    expect(path.match(/M/g)).toHaveLength(1);
    expect(path.startsWith(`M${grid.left + grid.pitch + 4} ${grid.top + grid.pitch}`)).toBe(true);
  });

  it('closes its corners', () => {
    const grid = layoutGrid(1, 1, 500, 16);
    const numbers = [
      ...cellsPath(grid, 1, 1, 0, () => true).matchAll(/[hv](-?[\d.]+)|a4 4 0 0 1 (-?4) (-?4)/g),
    ];
    let [x, y] = [0, 0];
    for (const [step, side, dx, dy] of numbers) {
      if (step.startsWith('h')) x += Number(side);
      else if (step.startsWith('v')) y += Number(side);
      else [x, y] = [x + Number(dx), y + Number(dy)];
    }
    expect([x, y]).toEqual([0, 0]);
  });
});
