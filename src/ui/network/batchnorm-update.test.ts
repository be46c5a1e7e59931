/** Against real PyTorch: scripts/fixtures/make_batchnorm_update.py. */
import { describe, expect, it } from 'vitest';
import type { BatchNormView } from '../../notebook/views';
import { updateNumbers } from './batchnorm-update';
import recorded from './testdata/batchnorm-update.json';

type Case = (typeof recorded.cases)[number];

const statistic = (of: Case['batch']) => ({
  mean: Float32Array.from(of.mean),
  variance: Float32Array.from(of.variance),
});

const viewOf = (of: Case): BatchNormView => ({
  layerId: 'bn1',
  eps: of.eps,
  momentum: of.momentum,
  batch: statistic(of.batch),
  before: statistic(of.before),
  running: statistic(of.running),
  tracked: of.tracked,
  history: of.history.map((entry) => ({
    tracked: entry.tracked,
    batchMean: Float32Array.from(entry.batchMean),
    runningMean: Float32Array.from(entry.runningMean),
  })),
});

describe('updateNumbers', () => {
  it.each(recorded.cases)('gives what BatchNorm1d did with $rows rows', (recordedCase) => {
    const view = viewOf(recordedCase);
    for (let feature = 0; feature < 4; feature += 1) {
      const update = updateNumbers(view, feature)!;
      const { keep, take, mean, variance } = update;
      expect(variance.rows).toBe(recordedCase.rows);
      const unbiased = (variance.batch * recordedCase.rows) / (recordedCase.rows - 1);
      expect(keep * mean.before + take * mean.batch).toBeCloseTo(mean.after, 5);
      expect(keep * variance.before + take * unbiased).toBeCloseTo(variance.after, 4);
    }
  });

  it('says nothing before the first batch', () => {
    expect(updateNumbers({ ...viewOf(recorded.cases[1]!), batch: null }, 0)).toBeNull();
  });

  it('says nothing once training has moved the record', () => {
    expect(updateNumbers({ ...viewOf(recorded.cases[1]!), tracked: 40 }, 0)).toBeNull();
  });

  it('names no number of rows when the numbers are not one update apart', () => {
    const view = viewOf(recorded.cases[1]!);
    const elsewhere = { ...view.running, variance: view.running.variance.map((value) => value * 3) };
    expect(updateNumbers({ ...view, running: elsewhere }, 0)?.variance.rows).toBeNull();
  });
});
