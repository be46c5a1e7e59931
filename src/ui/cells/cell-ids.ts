/** The cells of the notebook in order, and which of them are done: a match burns when its cell has run. */
import type { LabCell } from '../../notebook/statements';
import type { KernelView } from '../../notebook/views';

export const cellIds = [
  'intro',
  'network',
  'switch',
  'dropout',
  'batchnorm',
  'train',
  'save',
  'inspect',
  'cases',
  'load',
  'transfer',
  'log',
] as const;

export type CellId = (typeof cellIds)[number];

/** Id of the cell's element on the page. */
export const elementId = (id: CellId) => `cell-${id}`;

/** Count of the newest statement this cell ran; `null` before the first. */
export function executionCount(id: CellId, counts: KernelView['counts']): number | null {
  return id in counts ? (counts[id as LabCell] ?? null) : null;
}

/** Cells the learner has run: what the page itself ran on opening belongs to none. */
export function doneCells(counts: KernelView['counts']): ReadonlySet<CellId> {
  return new Set(cellIds.filter((id) => executionCount(id, counts) !== null));
}
