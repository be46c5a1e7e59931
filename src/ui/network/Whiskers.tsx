/** Mean and one standard deviation to both sides, a whisker per feature, of one of the two statistics. */

import styles from './BatchNormWhiskers.module.css';
import type { FeatureAxis, Plot } from './batchnorm-layout';
import { Diamond, Dot } from './Marks';

export interface Statistic {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

export interface WhiskersProps {
  readonly statistic: Statistic;
  readonly kind: 'batch' | 'running';
  /** The mode of the forward does not use it. */
  readonly faded: boolean;
  readonly plot: Plot;
  readonly axis: FeatureAxis;
}

export function Whiskers({ statistic, kind, faded, plot, axis }: WhiskersProps) {
  const side = kind === 'batch' ? -1 : 1;
  return (
    <g className={faded ? styles.faded : undefined}>
      {Array.from(statistic.mean, (mean, feature) => {
        const x = axis.x(feature) + side * axis.offset;
        const std = Math.sqrt(statistic.variance[feature]!);
        if (!Number.isFinite(mean) || !Number.isFinite(std)) return null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a feature is its place
          <g key={feature}>
            <line
              x1={x}
              x2={x}
              y1={plot.y(mean - std)}
              y2={plot.y(mean + std)}
              stroke={kind === 'batch' ? 'var(--train)' : 'var(--eval)'}
              strokeWidth={axis.stroke}
              strokeDasharray={kind === 'batch' ? undefined : '4 3'}
            />
            {kind === 'batch' ? (
              <Dot x={x} y={plot.y(mean)} radius={axis.radius} />
            ) : (
              <Diamond x={x} y={plot.y(mean)} radius={axis.radius} className={styles.mark} />
            )}
          </g>
        );
      })}
    </g>
  );
}
