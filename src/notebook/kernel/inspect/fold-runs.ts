/** Plain opcodes in a row, folded to a line that tells the first names in it. */
import type { FoldView } from '../../views/inspection';

/** A fold of fewer opcodes is not worth one. */
export const SHORTEST = 6;
/** Names that a line tells. */
const TOLD = 3;

export interface Walked {
  readonly count: number;
  isPlain(index: number): boolean;
  stringAt(index: number): string | undefined;
}

/** Runs stay within the bounds that the folds set. */
export function runsBetween(folds: readonly FoldView[], { count, isPlain, stringAt }: Walked): FoldView[] {
  const bounds = new Uint8Array(count + 1);
  for (const { start, end } of folds) {
    bounds[start] = 1;
    bounds[end + 1] = 1;
  }
  const runs: FoldView[] = [];
  const close = (start: number, end: number): void => {
    if (end - start < SHORTEST) return;
    const names: string[] = [];
    for (let i = start; i < end && names.length < TOLD; i++) {
      const name = stringAt(i);
      if (name !== undefined) names.push(name);
    }
    const words = { id: 'run', params: { count: end - start, names: names.join(', ') } };
    runs.push({ start, end: end - 1, key: null, words, open: false });
  };
  let start = 0;
  for (let i = 0; i < count; i++) {
    if (!bounds[i] && isPlain(i)) continue;
    close(start, i);
    start = isPlain(i) ? i : i + 1;
  }
  close(start, count);
  return runs;
}
