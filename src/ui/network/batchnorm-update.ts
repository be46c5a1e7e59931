/**
 * The arithmetic of one update of the running statistics, as PyTorch does it: an exponential moving average with
 * the batch mean, and with the batch variance made unbiased by n / (n - 1)
 * (torch/nn/modules/batchnorm.py, ATen/native/Normalization.cpp).
 */
import type { BatchNormView } from '../../notebook/views';

export interface UpdateNumbers {
  readonly keep: number;
  readonly take: number;
  readonly mean: { readonly before: number; readonly batch: number; readonly after: number };
  readonly variance: {
    readonly before: number;
    /** Biased: what normalised the batch. */
    readonly batch: number;
    readonly after: number;
    /** Rows the unbiased variance divides by n - 1; `null` when the numbers do not tell. */
    readonly rows: number | null;
  };
}

/** `null` before the first forward in training, and when training has moved the record since. */
export function updateNumbers(view: BatchNormView, feature: number): UpdateNumbers | null {
  const { batch, before, running, momentum } = view;
  if (!batch || view.history.at(-1)?.tracked !== view.tracked) return null;
  const variance = {
    before: before.variance[feature]!,
    batch: batch.variance[feature]!,
    after: running.variance[feature]!,
  };
  return {
    keep: 1 - momentum,
    take: momentum,
    mean: { before: before.mean[feature]!, batch: batch.mean[feature]!, after: running.mean[feature]! },
    variance: { ...variance, rows: rowsOf(view) },
  };
}

/**
 * Rows of the batch behind the last update, read back from the factor n / (n - 1) between the two variances.
 * Taken from the feature with the largest variance, where float32 rounding hides least of it.
 */
function rowsOf({ batch, before, running, momentum }: BatchNormView): number | null {
  if (!batch || momentum <= 0) return null;
  const best = batch.variance.indexOf(batch.variance.reduce((a, b) => Math.max(a, b), 0));
  if (best < 0 || !(batch.variance[best]! > 0)) return null;
  const unbiased = (running.variance[best]! - (1 - momentum) * before.variance[best]!) / momentum;
  const factor = unbiased / batch.variance[best]!;
  const rows = Math.round(factor / (factor - 1));
  if (!(rows >= 2 && rows <= 512)) return null;
  // Far from a whole number of rows: these numbers are not one update apart.
  return Math.abs(factor - rows / (rows - 1)) < 0.2 / (rows * rows) ? rows : null;
}
