import { describe, expect, it } from 'vitest';
import { featureAt, featureAxis, layoutPlot } from './batchnorm-layout';

const plot = layoutPlot(500, 16, { lo: -2, hi: 2 }, 4);

describe('layoutPlot', () => {
  it('has both ends of the range inside, upwards positive', () => {
    expect(plot.y(2)).toBeGreaterThan(plot.top);
    expect(plot.y(-2)).toBeLessThan(plot.bottom);
    expect(plot.y(1)).toBeLessThan(plot.y(0));
    expect(plot.ticks.length).toBeLessThanOrEqual(4);
  });

  it('still has an axis for statistics that are all zero', () => {
    const flat = layoutPlot(500, 16, { lo: 0, hi: 0 }, 4);
    expect(Number.isFinite(flat.y(0))).toBe(true);
    expect(flat.y(0)).toBeLessThanOrEqual(flat.bottom);
  });
});

describe('featureAxis', () => {
  it('writes all sixteen numbers, and of 64 only so many as fit', () => {
    expect(featureAxis(plot, 16, 11).labels).toHaveLength(16);
    const { labels, pitch } = featureAxis(plot, 64, 11);
    expect(labels).toContain(11);
    for (let i = 1; i < labels.length; i += 1) {
      expect((labels[i]! - labels[i - 1]!) * pitch).toBeGreaterThanOrEqual(20);
    }
  });

  it('keeps the two whiskers of a feature apart from its neighbours', () => {
    for (const count of [1, 2, 16, 64]) {
      const axis = featureAxis(plot, count, 0);
      expect(2 * axis.offset + axis.stroke).toBeLessThan(axis.pitch);
    }
  });
});

it('featureAt finds the feature under the pointer, also beside the plot', () => {
  const axis = featureAxis(plot, 16, 0);
  for (const feature of [0, 7, 15]) expect(featureAt(plot, 16, axis.x(feature))).toBe(feature);
  expect(featureAt(plot, 16, -50)).toBe(0);
  expect(featureAt(plot, 16, 5000)).toBe(15);
});
