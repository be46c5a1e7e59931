/** Loss and accuracy while a network learns. The curves come with a library of their own, loaded after the first step. */
import { lazy, Suspense, useId } from 'react';
import type { Mode } from '../../notebook/statements';
import type { TrainingView } from '../../notebook/views';
import { useTranslation } from '../i18n/use-translation';
import { FigureTable } from './FigureTable';
import fig from './figure.module.css';
import { formatShare, formatTable } from './number-format';
import styles from './TrainingCharts.module.css';
import { trainingRows } from './training-rows';
import { useFigureSize } from './use-figure-size';
import { useThrottled } from './use-throttled';

const TrainingCurves = lazy(() =>
  import('./TrainingCurves').then((module) => ({ default: module.TrainingCurves })),
);

/** At most five pictures a second, however fast the steps come. */
const INTERVAL = 200;

export interface TrainingChartsProps {
  readonly view: TrainingView;
  readonly mode: Mode;
}

export function TrainingCharts({ view: latest, mode }: TrainingChartsProps) {
  const { t } = useTranslation();
  const summaryId = useId();
  const { probe, size } = useFigureSize();
  const view = useThrottled(latest, INTERVAL);
  const stacked = size !== null && size.width < 37 * size.rem;
  const width = size ? (stacked ? size.width : (size.width - 1.75 * size.rem) / 2) : 0;
  return (
    <figure className={fig.figure} aria-label={t('chart.title')} aria-describedby={summaryId}>
      <div ref={probe} className={fig.probe} />
      <div className={styles.charts} data-stacked={stacked || undefined}>
        {view.step === 0 && <p className={fig.caption}>{t('train.first')}</p>}
        {size && view.step > 0 && (
          <Suspense fallback={<p className={fig.caption}>{t('cell.chart')}</p>}>
            <TrainingCurves view={view} mode={mode} width={width} rem={size.rem} />
          </Suspense>
        )}
      </div>
      <Summary view={view} id={summaryId} />
      <FigureTable
        summary={t('chart.table')}
        caption={t('chart.title')}
        head={[t('chart.step'), t('chart.loss'), t('chart.accuracyTrain'), t('chart.accuracyEval')]}
        rows={() => trainingRows(view, 100)}
      />
    </figure>
  );
}

function Summary({ view, id }: { view: TrainingView; id: string }) {
  const { t } = useTranslation();
  const first = view.loss[0];
  const last = view.loss.at(-1);
  const accuracy = view.accuracy.at(-1);
  return (
    <figcaption className={fig.caption} id={id}>
      {first && last
        ? t('chart.summaryLoss', {
            step: last.step,
            first: formatTable(first.loss),
            last: formatTable(last.loss),
          })
        : t('chart.empty')}
      {last &&
        accuracy &&
        t('chart.summaryAccuracy', { train: formatShare(accuracy.train), eval: formatShare(accuracy.eval) })}
    </figcaption>
  );
}
