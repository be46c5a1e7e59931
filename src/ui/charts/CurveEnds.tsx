/** What stands at the newest point of each curve: its mark and its name, instead of a legend. */
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { Mode } from '../../notebook/statements';
import styles from './TrainingCharts.module.css';
import { spread } from './training-rows';

export interface CurveEnd {
  readonly id: string;
  readonly step: number;
  readonly value: number;
  readonly label: string;
  readonly mode: Mode;
  /** Belongs to the mode the model is in. */
  readonly used: boolean;
}

export interface CurveEndsProps {
  readonly ends: readonly CurveEnd[];
  /** What the curves show, above them. */
  readonly name: string;
  /** Below the horizontal axis. */
  readonly axis: string;
  readonly rem: number;
}

export function CurveEnds({ ends, name, axis, rem }: CurveEndsProps) {
  const area = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!area || !x || !y) return null;
  const s = rem / 16;
  const points = ends.map((end) => ({ ...end, x: Number(x(end.step)), y: Number(y(end.value)) }));
  const labelY = spread(
    points.map((point) => point.y),
    17 * s,
    area.y,
    area.y + area.height,
  );
  return (
    <g>
      {points.map((point, i) => (
        <g key={point.id}>
          {point.mode === 'train' ? (
            <circle cx={point.x} cy={point.y} r={4.5 * s} fill="var(--train)" />
          ) : (
            <path
              d={`M${point.x} ${point.y - 5.6 * s}l${5.6 * s} ${5.6 * s}l${-5.6 * s} ${5.6 * s}l${-5.6 * s} ${-5.6 * s}z`}
              fill="var(--card)"
              stroke="var(--eval)"
              strokeWidth={2.2 * s}
            />
          )}
          <text
            x={point.x + 11 * s}
            y={labelY[i]! + 4.5 * s}
            className={`${styles.label} ${styles[point.mode]} ${point.used ? styles.used : ''}`}
          >
            {point.label}
          </text>
        </g>
      ))}
      <text
        x={area.x + area.width / 2}
        y={area.y + area.height + 42 * s}
        className={`${styles.title} ${styles.axis}`}
      >
        {axis}
      </text>
      <text x={area.x} y={area.y - 11 * s} className={styles.title}>
        {name}
      </text>
    </g>
  );
}
