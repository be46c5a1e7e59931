/** BatchNorm keeps two books: the statistics of this batch, and the running record of all before it. */

import type { Mode } from '../../notebook/statements';
import type { BatchNormView } from '../../notebook/views';
import { FigureTable } from '../charts/FigureTable';
import fig from '../charts/figure.module.css';
import { formatTable } from '../charts/number-format';
import { useFigureSize } from '../charts/use-figure-size';
import { useTranslation } from '../i18n/use-translation';
import { BatchNormDrift } from './BatchNormDrift';
import styles from './BatchNormFigure.module.css';
import { BatchNormKey } from './BatchNormKey';
import { BatchNormUpdate } from './BatchNormUpdate';
import { BatchNormWhiskers } from './BatchNormWhiskers';

export interface BatchNormFigureProps {
  readonly view: BatchNormView;
  /** Of the last forward. */
  readonly mode: Mode;
  /** The selected feature, from 0; clamped. */
  readonly feature: number;
  readonly onFeature: (feature: number) => void;
}

export function BatchNormFigure({ view, mode, feature: wanted, onFeature }: BatchNormFigureProps) {
  const { t } = useTranslation();
  const { probe, size } = useFigureSize();
  const count = view.running.mean.length;
  const feature = Math.max(0, Math.min(count - 1, wanted));
  const stacked = size !== null && size.width < 37 * size.rem;
  const room = size ? size.width - (stacked ? 0 : 1.25 * size.rem) : 0;
  const optional = (values: Float32Array | undefined, i: number) => (values ? formatTable(values[i]!) : '');
  return (
    <figure className={fig.figure} data-mode={mode} aria-label={t('figure.batchNorm.title')}>
      <div ref={probe} className={fig.probe} />
      <BatchNormKey mode={mode} />
      {size && (
        <div className={styles.plots} data-stacked={stacked || undefined}>
          <BatchNormWhiskers
            view={view}
            mode={mode}
            feature={feature}
            onFeature={onFeature}
            width={stacked ? room : (room * 500) / 812}
            rem={size.rem}
          />
          <BatchNormDrift
            view={view}
            feature={feature}
            width={stacked ? room : (room * 312) / 812}
            rem={size.rem}
          />
        </div>
      )}
      <BatchNormUpdate view={view} mode={mode} feature={feature} />
      <FigureTable
        summary={t('figure.batchNorm.table')}
        caption={t('figure.batchNorm.tableCaption', { tracked: view.tracked })}
        head={[
          t('figure.batchNorm.feature'),
          t('figure.batchNorm.columnBatchMean'),
          t('figure.batchNorm.columnBatchVariance'),
          'running_mean',
          'running_var',
        ]}
        rows={() =>
          Array.from({ length: count }, (_, i) => [
            String(i),
            optional(view.batch?.mean, i),
            optional(view.batch?.variance, i),
            formatTable(view.running.mean[i]!),
            formatTable(view.running.variance[i]!),
          ])
        }
      />
    </figure>
  );
}
