/** How the record of one feature follows the batches: a dot per batch mean, the running mean as a line. */

import type { BatchNormView } from '../../notebook/views';
import fig from '../charts/figure.module.css';
import { extentOf, linear, niceTicks } from '../charts/scale';
import { useKeptExtents } from '../charts/use-kept-extents';
import { useTranslation } from '../i18n/use-translation';
import styles from './BatchNormDrift.module.css';
import { layoutPlot } from './batchnorm-layout';
import { driftCurve, driftPaths } from './drift-curve';
import { placeLabel } from './label-place';
import { Diamond } from './Marks';
import { PlotGrid } from './PlotGrid';

export interface BatchNormDriftProps {
  readonly view: BatchNormView;
  readonly feature: number;
  readonly width: number;
  readonly rem: number;
}

export function BatchNormDrift({ view, feature, width, rem }: BatchNormDriftProps) {
  const { t } = useTranslation();
  const { history, tracked, layerId } = view;
  const { first, last, points } = driftCurve(view, feature);
  const batch = history.map((entry) => entry.batchMean[feature]!);
  const kept = useKeptExtents(`${layerId} ${feature}`, {
    y: extentOf([...batch, ...points.map((point) => point.value)]),
  });
  const plot = layoutPlot(width, rem, kept.y!, 3);
  const x = linear(first, last, plot.left, plot.right - 8 * plot.s);
  const dots = history.map((entry, i) => ({ x: x(entry.tracked), y: plot.y(batch[i]!) }));
  const curve = points.map((point) => ({ x: x(point.tracked), y: plot.y(point.value) }));
  const paths = driftPaths(points, x, plot.y);
  const end = curve[curve.length - 1]!;
  return (
    <svg
      className={fig.svg}
      width={width}
      height={plot.height}
      role="img"
      aria-label={t('figure.batchNorm.drift', { feature, count: history.length })}
    >
      <PlotGrid plot={plot} />
      <g fill="var(--train)" opacity={0.75}>
        {dots.map((dot, i) => (
          <circle
            key={history[i]!.tracked}
            cx={dot.x}
            cy={dot.y}
            r={(history.length > 80 ? 2 : 3) * plot.s}
          />
        ))}
      </g>
      <g fill="none" stroke="var(--eval)" className={styles.curve}>
        <path d={paths.seen} />
        <path d={paths.unseen} className={styles.unseen} />
      </g>
      <Diamond x={end.x} y={end.y} radius={4.5 * plot.s} className={styles.mark} />
      {niceTicks(first, last, 5).map((step) => (
        <text
          key={step}
          x={x(step)}
          y={plot.bottom + 20 * plot.s}
          className={`${fig.mono} ${fig.small} ${fig.middle} ${fig.faint}`}
        >
          {step}
        </text>
      ))}
      <text
        x={(plot.left + plot.right) / 2}
        y={plot.bottom + 42 * plot.s}
        className={`${fig.middle} ${fig.dim}`}
      >
        {t('figure.batchNorm.forwards')}
      </text>
      {tracked === 0 ? (
        <text
          x={(plot.left + plot.right) / 2}
          y={(plot.top + plot.bottom) / 2}
          className={`${fig.middle} ${fig.dim}`}
        >
          {t('figure.batchNorm.noHistory')}
        </text>
      ) : (
        <Labels feature={feature} curve={curve} dots={dots} plot={plot} />
      )}
    </svg>
  );
}

type Points = Parameters<typeof placeLabel>[0];

function Labels(props: {
  feature: number;
  curve: Points;
  dots: Points;
  plot: ReturnType<typeof layoutPlot>;
}) {
  const { feature, curve, dots, plot } = props;
  const { t } = useTranslation();
  const text = `running_mean[${feature}]`;
  const size = { width: text.length * 7.6 * plot.s, height: 14 * plot.s };
  const label = placeLabel(curve, dots, size, plot);
  return (
    <>
      <text x={plot.left} y={plot.top - 8 * plot.s} className={`${fig.bold} ${fig.inTrain}`}>
        {t('figure.batchNorm.batchMean')}
      </text>
      {label && (
        <>
          <path
            d={`M${label.anchor.x} ${label.anchor.y}L${(label.box.left + label.box.right) / 2} ${
              label.box.top > label.anchor.y ? label.box.top : label.box.bottom
            }`}
            stroke="var(--eval)"
          />
          <text
            x={label.box.left}
            y={label.box.bottom - 3 * plot.s}
            className={`${fig.mono} ${fig.bold} ${fig.inEval} ${styles.halo}`}
          >
            {text}
          </text>
        </>
      )}
    </>
  );
}
