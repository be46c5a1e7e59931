/** How far the values of two files are apart. All of them are asked for: which keys differ is what one wants to see first. */
import { useCallback, useEffect, useMemo } from 'react';
import type { Watch } from '../../notebook/kernel/inspect/inspections';
import type { ComparedRow, DifferenceView } from '../../notebook/views/comparison';
import type { UnreadView } from '../../notebook/views/inspection';
import { useNotebook } from '../../store/notebook';
import type { LongRead } from './use-long-read';
import { useLookedAt } from './use-looked-at';

type Found = DifferenceView | UnreadView;

export interface Differences {
  of(row: ComparedRow): Found | undefined;
  /** Asks again for what was stopped. */
  goOn(): void;
  readonly reading: LongRead;
}

export function useDifferences({
  left,
  right,
  version,
  rows,
}: {
  readonly left: string;
  readonly right: string;
  readonly version: string;
  readonly rows: readonly ComparedRow[];
}): Differences {
  const { inspect } = useNotebook((s) => s.actions);
  const pairs = useMemo(
    () => new Map(rows.flatMap((row) => (row.state === 'same' ? [[row.left, row.right] as const] : []))),
    [rows],
  );
  const ask = useCallback(
    (tensors: readonly number[], watch: Watch) => {
      const asked = tensors.map((tensor) => [tensor, pairs.get(tensor) ?? -1] as const);
      return inspect('differences', { left, right, pairs: asked }, watch);
    },
    [inspect, left, right, pairs],
  );
  const { of, look, reading } = useLookedAt(`${version} ${left} ${right}`, ask, tensorOf);
  const goOn = useCallback(() => look([...pairs.keys()]), [look, pairs]);
  useEffect(goOn, [goOn]);
  return useMemo(
    () => ({ of: (row) => (row.state === 'same' ? of(row.left) : undefined), goOn, reading }),
    [of, goOn, reading],
  );
}

const tensorOf = ({ tensor }: Found) => tensor;
