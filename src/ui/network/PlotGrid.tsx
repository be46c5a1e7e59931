/** The value axis of a plot: a line and a number per tick, zero a little stronger. */
import fig from '../charts/figure.module.css';
import { formatFixed } from '../charts/number-format';
import { tickDecimals } from '../charts/scale';
import type { Plot } from './batchnorm-layout';

export function PlotGrid({ plot }: { plot: Plot }) {
  const decimals = tickDecimals(plot.ticks);
  return plot.ticks.map((tick) => (
    <g key={tick}>
      <line
        x1={plot.left}
        x2={plot.right}
        y1={plot.y(tick)}
        y2={plot.y(tick)}
        stroke="var(--line)"
        strokeWidth={(tick === 0 ? 1.5 : 1) * plot.s}
      />
      <text
        x={plot.left - 8 * plot.s}
        y={plot.y(tick) + 4.5 * plot.s}
        className={`${fig.mono} ${fig.end} ${fig.faint}`}
      >
        {formatFixed(tick, decimals)}
      </text>
    </g>
  ));
}
