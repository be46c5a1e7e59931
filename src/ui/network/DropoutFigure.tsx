/** Whom Dropout dropped on this forward, and why the mean stays. */
import { useId } from 'react';
import type { Mode } from '../../notebook/statements';
import type { DropoutView } from '../../notebook/views';
import { FigureTable } from '../charts/FigureTable';
import fig from '../charts/figure.module.css';
import { formatFactor } from '../charts/number-format';
import { useFigureSize } from '../charts/use-figure-size';
import { useTranslation } from '../i18n/use-translation';
import styles from './DropoutFigure.module.css';
import { DropoutGrid } from './DropoutGrid';
import { layoutGrid } from './dropout-layout';
import { MeanBars } from './MeanBars';

export interface DropoutFigureProps {
  readonly view: DropoutView;
  /** Of the forward `view` belongs to. */
  readonly mode: Mode;
  /** Shape of the layer's activation: (N, units). Evaluation has no mask to take it from. */
  readonly shape: readonly number[];
  /** The row the network figure draws, from 0. */
  readonly row: number;
  readonly onRow: (row: number) => void;
}

function keptCells(view: DropoutView, mode: Mode, count: number): Uint8Array {
  if (mode === 'train' && view.p >= 1) return new Uint8Array(count);
  return view.mask?.kept ?? new Uint8Array(count).fill(1);
}

export function DropoutFigure({ view, mode, shape, row, onRow }: DropoutFigureProps) {
  const { t } = useTranslation();
  const summaryId = useId();
  const { probe, size } = useFigureSize();
  const rows = shape[0] ?? 0;
  const units = shape.slice(1).reduce((product, length) => product * length, 1);
  const kept = keptCells(view, mode, rows * units);
  const count = kept.reduce((sum, cell) => sum + cell, 0);
  const stacked = size !== null && size.width < 37 * size.rem;
  const room = size ? (stacked ? size.width : ((size.width - 1.75 * size.rem) * 496) / 796) : 0;
  const grid = size && layoutGrid(rows, units, room, size.rem);
  const title = t('figure.dropout.title', { kept: count, dropped: kept.length - count });
  return (
    <figure className={fig.figure} data-mode={mode}>
      <div ref={probe} className={fig.probe} />
      <div className={styles.pair} data-stacked={stacked || undefined}>
        <section
          className={`${fig.scroll} ${styles.grid}`}
          // A frame that scrolls must take the keyboard, and then it needs a name.
          {...(grid && grid.width > room + 1 ? { tabIndex: 0, 'aria-label': title } : {})}
        >
          {size && grid && (
            <DropoutGrid
              kept={kept}
              rows={rows}
              units={units}
              row={Math.min(row, rows - 1)}
              onRow={onRow}
              stage={`${view.layerId} ${mode}`}
              grid={grid}
              rem={size.rem}
              title={title}
              summaryId={summaryId}
            />
          )}
        </section>
        <div>
          <Factor view={view} mode={mode} />
          <div className={styles.words}>
            <p id={summaryId}>
              <Sentence view={view} mode={mode} kept={count} dropped={kept.length - count} />
            </p>
            {/* Unseen: it keeps the room the sentence of the other mode takes, so that a flip moves nothing. */}
            <p className={styles.room} aria-hidden="true">
              <Sentence
                view={view}
                mode={mode === 'train' ? 'eval' : 'train'}
                kept={kept.length}
                dropped={kept.length}
              />
            </p>
          </div>
          <MeanBars layerId={view.layerId} meanIn={view.meanIn} meanOut={view.meanOut} />
        </div>
      </div>
      <FigureTable
        summary={t('figure.dropout.table')}
        caption={t('figure.dropout.tableCaption')}
        head={[t('figure.dropout.row'), ...Array.from({ length: units }, (_, unit) => String(unit))]}
        rows={() =>
          Array.from({ length: rows }, (_, i) => [
            String(i + 1),
            ...Array.from(kept.subarray(i * units, (i + 1) * units), String),
          ])
        }
      />
    </figure>
  );
}

/** The largest number of the figure: what a kept value is multiplied by. */
function Factor({ view, mode }: { view: DropoutView; mode: Mode }) {
  if (mode === 'train' && view.p >= 1) {
    return (
      <p className={styles.factor}>
        p = <b>1</b>
      </p>
    );
  }
  return (
    <p className={styles.factor}>
      {mode === 'train' ? '1 / (1 − p) = ' : '× '}
      <b>{formatFactor(view.factor)}</b>
    </p>
  );
}

interface Counts {
  readonly kept: number;
  readonly dropped: number;
}

function Sentence({ view, mode, kept, dropped }: { view: DropoutView; mode: Mode } & Counts) {
  const { t } = useTranslation();
  if (mode === 'eval') return t('figure.dropout.rests', { count: kept });
  if (view.p >= 1) return t('figure.dropout.all', { count: dropped });
  if (view.p === 0) return t('figure.dropout.none', { count: kept });
  return t('figure.dropout.drawn', { kept, dropped, factor: formatFactor(view.factor) });
}
