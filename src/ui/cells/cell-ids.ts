/** The cells of the notebook in order, and which of them are done: a match burns when its cell has run. */
import type { StatementType } from '../../notebook/statements';
import type { KernelView } from '../../notebook/views';

export const cellIds = [
  'intro',
  'network',
  'switch',
  'dropout',
  'batchnorm',
  'train',
  'save',
  'load',
  'log',
] as const;

export type CellId = (typeof cellIds)[number];

/** Id of the cell's element on the page. */
export const elementId = (id: CellId) => `cell-${id}`;

const runs: Readonly<Partial<Record<CellId, readonly StatementType[]>>> = {
  network: ['define'],
  switch: ['mode', 'forward'],
  dropout: ['forward'],
  batchnorm: ['feed'],
  train: ['fit'],
  save: ['save'],
  load: ['load'],
};

/** Count of the newest statement this cell ran; `null` before the first. */
export function executionCount(id: CellId, log: KernelView['log']): number | null {
  return log.findLast((entry) => runs[id]?.includes(entry.statement))?.count ?? null;
}

/**
 * Cells the learner has run, as the log tells. Opening a notebook sends mode, define, forward; a flip sends mode,
 * forward; an edit sends define, forward: only what goes beyond these is counted.
 */
export function doneCells(log: KernelView['log']): ReadonlySet<CellId> {
  const done = new Set<CellId>();
  let opened = false;
  for (const [i, { statement }] of log.entries()) {
    if (statement === 'define') {
      if (opened) done.add('network');
      opened = true;
    } else if (statement === 'mode') {
      if (log[i + 1]?.statement !== 'define') done.add('switch');
    } else if (statement === 'forward') {
      if (!['define', 'mode'].includes(log[i - 1]?.statement ?? 'define')) done.add('dropout');
    } else if (statement === 'feed') done.add('batchnorm');
    else if (statement === 'fit') done.add('train');
    else if (statement === 'save' || statement === 'load') done.add(statement);
  }
  return done;
}
