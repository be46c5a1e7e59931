/** Pure parts of the training charts: what is drawn, what the table and the summary say. */
import type { AccuracyPoint, TrainingView } from '../../notebook/views';
import { formatShare, formatTable } from './number-format';

/** A line per accuracy point and one for the newest loss; at most `limit`, evenly taken, the newest kept. */
export function trainingRows(view: TrainingView, limit: number): string[][] {
  const accuracies = new Map(view.accuracy.map((point) => [point.step, point]));
  const steps = new Set(view.accuracy.map((point) => point.step));
  const newest = view.loss.at(-1);
  if (newest) steps.add(newest.step);
  const ordered = [...steps].sort((a, b) => a - b);
  const every = Math.max(1, Math.ceil(ordered.length / limit));
  const last = ordered.length - 1;
  return ordered
    .filter((_, i) => (last - i) % every === 0)
    .map((step) => {
      const accuracy: AccuracyPoint | undefined = accuracies.get(step);
      const loss = step === newest?.step ? newest.loss : accuracy?.loss;
      return [
        String(step),
        typeof loss === 'number' ? formatTable(loss) : '',
        accuracy ? formatShare(accuracy.train) : '',
        accuracy ? formatShare(accuracy.eval) : '',
      ];
    });
}

/** Moves labels apart so that none is nearer than `distance` to the next; order and bounds are kept. */
export function spread(wanted: readonly number[], distance: number, lo: number, hi: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
  const placed = [...wanted];
  let floor = lo;
  for (const i of order) {
    placed[i] = Math.max(placed[i]!, floor);
    floor = placed[i]! + distance;
  }
  let ceiling = hi;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i]!, ceiling);
    ceiling = placed[i]! - distance;
  }
  return placed;
}
