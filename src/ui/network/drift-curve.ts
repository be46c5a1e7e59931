/** The record of one feature through time: where it is known forward by forward, and where training moved it unseen. */
import type { BatchNormView } from '../../notebook/views';

export interface RecordPoint {
  /** `num_batches_tracked` at that moment. */
  readonly tracked: number;
  readonly value: number;
}

export interface DriftCurve {
  readonly first: number;
  readonly last: number;
  /** Oldest first; the last is the present. */
  readonly points: readonly RecordPoint[];
}

/** At least this many forwards wide, so that the first few do not jump across the plot. */
const LEAST = 5;

export function driftCurve(view: BatchNormView, feature: number): DriftCurve {
  const { history, tracked, running } = view;
  const first = (history[0]?.tracked ?? 1) - 1;
  const points = history.map((entry) => ({ tracked: entry.tracked, value: entry.runningMean[feature]! }));
  // Net() starts it at 0. After 200 forwards or a load the beginning is not known.
  if (history.length > 0 && first === 0) points.unshift({ tracked: 0, value: 0 });
  if (points.at(-1)?.tracked !== tracked) points.push({ tracked, value: running.mean[feature]! });
  return { first, last: Math.max(first + LEAST, tracked), points };
}

/** Path data of the steps that were seen and of the leaps between them. */
export function driftPaths(
  points: readonly RecordPoint[],
  x: (tracked: number) => number,
  y: (value: number) => number,
): { seen: string; unseen: string } {
  const paths = { seen: '', unseen: '' };
  const at = (point: RecordPoint) => `${x(point.tracked).toFixed(1)} ${y(point.value).toFixed(1)}`;
  for (let i = 1; i < points.length; i += 1) {
    const [from, to] = [points[i - 1]!, points[i]!];
    const kind = to.tracked - from.tracked === 1 ? 'seen' : 'unseen';
    const joins = paths[kind].endsWith(at(from));
    paths[kind] += joins ? `L${at(to)}` : `M${at(from)}L${at(to)}`;
  }
  return paths;
}
