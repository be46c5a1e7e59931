/** How two files differ, in one sentence: the one a learner is most likely to be looking for first. */
import type { ComparedRow, ComparisonView, DifferenceView } from '../../notebook/views/comparison';
import type { UnreadView } from '../../notebook/views/inspection';
import type { Words } from '../../notebook/views/words';

type Difference = DifferenceView | UnreadView | undefined;

/** `null` while it is not known. */
export function isDifferent({ state }: ComparedRow, difference: Difference): boolean | null {
  if (state !== 'same') return true;
  if (!difference) return null;
  return !('count' in difference) || difference.different > 0;
}

/** What a forward in train mode writes, and nothing else does. */
const running = /(^|\.)(running_mean|running_var|num_batches_tracked)$/;

export function comparisonWords({ rows, others }: ComparisonView, differences: readonly Difference[]): Words {
  const differing = rows.flatMap((row, i) =>
    isDifferent(row, differences[i]) ? [{ row, difference: differences[i] }] : [],
  );
  const params = { count: differing.length, total: rows.length };
  const structure = differing.filter(({ row }) => row.state !== 'same').length;
  const kinds = others.some(({ words }) => words.id === 'kind');
  if (rows.length === 0) return { id: 'nothing', params: {} };
  if (differing.length === 0) {
    if (kinds) return { id: 'sameTensorsOtherKind', params };
    return { id: others.length > 0 ? 'sameTensors' : 'same', params };
  }
  if (structure === rows.length) return { id: 'strangers', params };
  if (structure > 0) return { id: 'structure', params: { ...params, structure } };
  if (differing.every(({ row }) => running.test(row.name)))
    return { id: 'runningStatistics', params: { ...params, forwards: forwardsBetween(differing) } };
  return { id: differing.length === rows.length ? 'allValues' : 'someValues', params };
}

/** How far `num_batches_tracked` moved. */
function forwardsBetween(
  differing: readonly { readonly row: ComparedRow; readonly difference: Difference }[],
): number {
  const counter = differing.find(({ row }) => row.name.endsWith('num_batches_tracked'))?.difference;
  return counter && 'count' in counter ? counter.largest : 0;
}
