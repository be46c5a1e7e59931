/** How far the values of two files are apart. All of them are asked for: which keys differ is what one wants to see first. */
import { useCallback, useEffect, useMemo } from 'react';
import type { ComparedRow, DifferenceView } from '../../notebook/views/comparison';
import type { UnreadView } from '../../notebook/views/inspection';
import { useNotebook } from '../../store/notebook';
import { useLookedAt } from './use-looked-at';

type Found = DifferenceView | UnreadView;

export interface Differences {
  of(row: ComparedRow): Found | undefined;
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
    (tensors: readonly number[]) =>
      inspect('differences', {
        left,
        right,
        pairs: tensors.map((tensor) => [tensor, pairs.get(tensor) ?? -1] as const),
      }),
    [inspect, left, right, pairs],
  );
  const { of, look } = useLookedAt(`${version} ${left} ${right}`, ask, tensorOf);
  useEffect(() => {
    look([...pairs.keys()]);
  }, [look, pairs]);
  return useMemo(() => ({ of: (row) => (row.state === 'same' ? of(row.left) : undefined) }), [of]);
}

const tensorOf = ({ tensor }: Found) => tensor;
