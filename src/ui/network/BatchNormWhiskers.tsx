/** Per feature two whiskers: what this batch says (train), what the record says (eval). One feature is selected. */

import type { Mode } from '../../notebook/statements';
import type { BatchNormView } from '../../notebook/views';
import fig from '../charts/figure.module.css';
import { formatTable } from '../charts/number-format';
import { extentOf } from '../charts/scale';
import { useKeptExtents } from '../charts/use-kept-extents';
import { useTranslation } from '../i18n/use-translation';
import styles from './BatchNormWhiskers.module.css';
import { featureAt, featureAxis, layoutPlot } from './batchnorm-layout';
import { PlotGrid } from './PlotGrid';
import { useFeatureKeys } from './use-feature-keys';
import { type Statistic, Whiskers } from './Whiskers';

export interface BatchNormWhiskersProps {
  readonly view: BatchNormView;
  readonly mode: Mode;
  readonly feature: number;
  readonly onFeature: (feature: number) => void;
  readonly width: number;
  readonly rem: number;
}

/** Both ends of every whisker. */
function ends({ mean, variance }: Statistic): number[] {
  return Array.from(mean).flatMap((value, i) => {
    const std = Math.sqrt(variance[i]!);
    return [value - std, value + std];
  });
}

export function BatchNormWhiskers({ view, mode, feature, onFeature, width, rem }: BatchNormWhiskersProps) {
  const { t } = useTranslation();
  const count = view.running.mean.length;
  const { y } = useKeptExtents(`${view.layerId} ${count}`, {
    y: extentOf([...ends(view.running), ...(view.batch ? ends(view.batch) : [])]),
  });
  const plot = layoutPlot(width, rem, y!, 4);
  const axis = featureAxis(plot, count, feature);
  const keys = useFeatureKeys(count, feature, onFeature);
  const pick = (event: React.PointerEvent<HTMLDivElement>) => {
    const left = event.currentTarget.getBoundingClientRect().left;
    onFeature(featureAt(plot, count, event.clientX - left));
  };
  const valueText = t(view.batch ? 'figure.batchNorm.featureText' : 'figure.batchNorm.featureTextNoBatch', {
    feature,
    batch: view.batch ? formatTable(view.batch.mean[feature]!) : '',
    running: formatTable(view.running.mean[feature]!),
  });
  return (
    <div
      className={styles.plot}
      role="slider"
      tabIndex={0}
      aria-label={t('figure.batchNorm.feature')}
      aria-valuemin={0}
      aria-valuemax={count - 1}
      aria-valuenow={feature}
      aria-valuetext={valueText}
      onKeyDown={keys}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        pick(event);
      }}
      onPointerMove={(event) => event.buttons === 1 && pick(event)}
    >
      <svg className={fig.svg} width={width} height={plot.height} aria-hidden="true">
        <rect
          className={styles.selected}
          x={axis.x(feature) - Math.max(axis.pitch, 8 * plot.s) / 2}
          y={plot.top - 8 * plot.s}
          width={Math.max(axis.pitch, 8 * plot.s)}
          height={plot.bottom - plot.top + 36 * plot.s}
          rx={6}
        />
        <PlotGrid plot={plot} />
        {axis.labels.map((i) => (
          <text
            key={i}
            x={axis.x(i)}
            y={plot.bottom + 20 * plot.s}
            className={`${fig.mono} ${fig.small} ${fig.middle} ${i === feature ? fig.bold : fig.faint}`}
          >
            {i}
          </text>
        ))}
        <text
          x={(plot.left + plot.right) / 2}
          y={plot.bottom + 42 * plot.s}
          className={`${fig.middle} ${fig.dim}`}
        >
          {t('figure.batchNorm.features', { count })}
        </text>
        {view.batch && (
          <Whiskers statistic={view.batch} kind="batch" faded={mode === 'eval'} plot={plot} axis={axis} />
        )}
        <Whiskers statistic={view.running} kind="running" faded={mode === 'train'} plot={plot} axis={axis} />
      </svg>
    </div>
  );
}
