/** A tensor's values at a glance. */
import { csvLines } from '../../../torch/serialization/csv';
import type { OpenFile } from '../../../torch/serialization/describe/types';
import type { StatisticsView } from '../../views/inspection';
import type { Watch } from './inspections';

const FIRST = 24;

export async function statisticsOf(file: OpenFile, tensor: number, watch: Watch): Promise<StatisticsView> {
  const found = await file.statistics(tensor, watch);
  const end = Math.min(FIRST, file.description.tensors[tensor].numel);
  const { bytes, dtype } = await file.readTensor(tensor, { start: 0, end });
  const first = end === 0 ? [] : csvLines(bytes, dtype, 1).trimEnd().split('\n');
  return { tensor, ...found, first };
}
