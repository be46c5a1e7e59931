/** The learner's network with the values of its last forward on the units. */
import { memo, useId } from 'react';
import type { KernelView } from '../../notebook/views';
import fig from '../charts/figure.module.css';
import { useFigureSize } from '../charts/use-figure-size';
import { useKeptExtents } from '../charts/use-kept-extents';
import { useTranslation } from '../i18n/use-translation';
import { NetworkCaption } from './NetworkCaption';
import styles from './NetworkFigure.module.css';
import { NetworkScroll } from './NetworkScroll';
import { NetworkStrips } from './NetworkStrips';
import { NetworkTable } from './NetworkTable';
import { figureKey, figureModel } from './network-model';

/** Narrower than this many rem the columns become strips under each other. */
const STRIPS_BELOW = 37;

export interface NetworkFigureProps {
  readonly view: KernelView;
  /** Row of the batch to draw, from 0; clamped to the batch. */
  readonly row: number;
  readonly onRow: (row: number) => void;
}

export const NetworkFigure = memo(function NetworkFigure({ view, row, onRow }: NetworkFigureProps) {
  const { t } = useTranslation();
  const summaryId = useId();
  const { probe, size } = useFigureSize();
  const model = figureModel(view, row);
  const extents = useKeptExtents(
    figureKey(view),
    Object.fromEntries(model.columns.map((column) => [column.id, column.extent])),
  );
  const title = t('figure.network.title', { row: model.row + 1, rows: model.rows });
  const stale = view.problem !== null || view.forwardError !== null;
  const shared = { model, extents, title, summaryId, onRow };
  return (
    <figure className={fig.figure} data-mode={model.mode} data-stale={stale || undefined}>
      <div ref={probe} className={fig.probe} />
      <div className={styles.drawing}>
        {size &&
          (size.width < STRIPS_BELOW * size.rem ? (
            <NetworkStrips {...shared} width={size.width} rem={size.rem} />
          ) : (
            <NetworkScroll {...shared} width={size.width} rem={size.rem} />
          ))}
      </div>
      {stale && (
        <p className={styles.staleLabel}>
          {view.problem ? t('figure.network.staleNetwork') : t('figure.network.staleForward')}
        </p>
      )}
      <NetworkCaption model={model} id={summaryId} />
      <NetworkTable model={model} />
    </figure>
  );
});
