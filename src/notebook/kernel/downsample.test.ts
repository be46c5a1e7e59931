import { describe, expect, it } from 'vitest';
import { downsample } from './downsample';

const curve = (length: number, value: (i: number) => number) =>
  Array.from({ length }, (_, i) => ({ step: i, loss: value(i) }));

describe('downsample', () => {
  it('leaves a short curve alone', () => {
    const points = curve(300, (i) => i);
    expect(downsample(points, 300, (p) => p.loss)).toBe(points);
  });

  it('keeps the ends, the order and the one spike', () => {
    const points = curve(5000, (i) => (i === 3217 ? 90 : 1 / (i + 1)));
    const kept = downsample(points, 300, (p) => p.loss);
    expect(kept.length).toBeLessThanOrEqual(300);
    expect(kept[0]).toBe(points[0]);
    expect(kept.at(-1)).toBe(points.at(-1));
    expect(kept.some((p) => p.step === 3217)).toBe(true);
    for (let i = 1; i < kept.length; i += 1) expect(kept[i]!.step).toBeGreaterThan(kept[i - 1]!.step);
  });
});
