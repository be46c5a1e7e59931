/** Statistics of a file's tensors, by their index; a tensor is read when it has been on the screen. */
import { useCallback } from 'react';
import type { Watch } from '../../notebook/kernel/inspect/inspections';
import type { ShelfFile } from '../../notebook/views';
import type { StatisticsView, UnreadView } from '../../notebook/views/inspection';
import { useNotebook } from '../../store/notebook';
import { type LookedAt, useLookedAt } from './use-looked-at';

type Found = StatisticsView | UnreadView;

export function useStatistics({ name, version }: ShelfFile): LookedAt<number, Found> {
  const { inspect } = useNotebook((s) => s.actions);
  const ask = useCallback(
    (tensors: readonly number[], watch: Watch) => inspect('statistics', { file: name, tensors }, watch),
    [inspect, name],
  );
  return useLookedAt(`${version} ${name}`, ask, tensorOf);
}

const tensorOf = ({ tensor }: Found) => tensor;
