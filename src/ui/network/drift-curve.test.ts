import { describe, expect, it } from 'vitest';
import type { BatchNormView } from '../../notebook/views';
import { driftCurve, driftPaths } from './drift-curve';

const statistic = (mean: number) => ({ mean: Float32Array.of(mean), variance: Float32Array.of(1) });

function viewOf(
  tracked: number,
  history: readonly (readonly [tracked: number, running: number])[],
): BatchNormView {
  return {
    layerId: 'bn1',
    eps: 1e-5,
    momentum: 0.1,
    batch: null,
    before: statistic(0),
    running: statistic(0.5),
    tracked,
    history: history.map(([at, running]) => ({
      tracked: at,
      batchMean: Float32Array.of(1),
      runningMean: Float32Array.of(running),
    })),
  };
}

describe('driftCurve', () => {
  it('starts at the 0 of Net() and ends at the newest forward', () => {
    const { points, first, last } = driftCurve(
      viewOf(2, [
        [1, 0.25],
        [2, 0.5],
      ]),
      0,
    );
    expect(points.map((point) => point.tracked)).toEqual([0, 1, 2]);
    expect(points[0]!.value).toBe(0);
    expect([first, last]).toEqual([0, 5]);
  });

  it('invents no beginning for a longer past', () => {
    const { points, first } = driftCurve(
      viewOf(42, [
        [41, 0.25],
        [42, 0.5],
      ]),
      0,
    );
    expect([first, points[0]!.tracked]).toEqual([40, 41]);
  });

  it('has the present, and nothing else, when no forward was seen', () => {
    expect(driftCurve(viewOf(50, []), 0).points).toEqual([{ tracked: 50, value: 0.5 }]);
    expect(driftCurve(viewOf(0, []), 0).points).toEqual([{ tracked: 0, value: 0.5 }]);
  });
});

describe('driftPaths', () => {
  const same = (value: number) => value;

  it('draws what training did in between apart from the forwards that were seen', () => {
    const { points } = driftCurve(
      viewOf(60, [
        [1, 0.25],
        [2, 0.5],
        [9, 1],
        [10, 2],
      ]),
      0,
    );
    const paths = driftPaths(points, same, same);
    expect(paths.seen).toBe('M0.0 0.0L1.0 0.3L2.0 0.5M9.0 1.0L10.0 2.0');
    expect(paths.unseen).toBe('M2.0 0.5L9.0 1.0M10.0 2.0L60.0 0.5');
  });
});
