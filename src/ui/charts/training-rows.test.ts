import { describe, expect, it } from 'vitest';
import type { TrainingView } from '../../notebook/views';
import { spread, trainingRows } from './training-rows';

const view = (steps: number): TrainingView => ({
  step: steps,
  lr: 0.1,
  loss: Array.from({ length: steps }, (_, i) => ({ step: i + 1, loss: 1 / (i + 1) })),
  accuracy: Array.from({ length: Math.floor(steps / 10) }, (_, i) => ({
    step: (i + 1) * 10,
    loss: 1 / ((i + 1) * 10),
    train: 0.5,
    eval: 0.75,
  })),
  engine: 'reference',
  error: null,
});

describe('trainingRows', () => {
  it('has a line per accuracy point and the newest loss', () => {
    expect(trainingRows(view(23), 100)).toEqual([
      ['10', '0.1000', '50.0%', '75.0%'],
      ['20', '0.0500', '50.0%', '75.0%'],
      ['23', '0.0435', '', ''],
    ]);
    expect(trainingRows(view(0), 100)).toEqual([]);
  });

  it('thins out, and keeps the newest', () => {
    const rows = trainingRows(view(5000), 100);
    expect(rows.length).toBeLessThanOrEqual(100);
    expect(rows.at(-1)?.[0]).toBe('5000');
  });
});

describe('spread', () => {
  it('leaves labels alone that do not touch', () => {
    expect(spread([10, 60], 16, 0, 100)).toEqual([10, 60]);
  });

  it('pushes touching labels apart and stays inside', () => {
    expect(spread([50, 52], 16, 0, 100)).toEqual([50, 66]);
    expect(spread([99, 98], 16, 0, 100)).toEqual([100, 84]);
    expect(spread([2, 1], 16, 0, 100)).toEqual([17, 1]);
  });
});
