/** The mask of one forward: a cell per row of the batch and unit, the row of the network figure framed. */
import { useId } from 'react';
import fig from '../charts/figure.module.css';
import { HatchPattern } from '../charts/HatchPattern';
import { useReadingOrder } from '../charts/use-reading-order';
import { useTranslation } from '../i18n/use-translation';
import { cellsPath, type GridLayout } from './dropout-layout';

export interface DropoutGridProps {
  /** Row-major, 1 kept and 0 dropped. */
  readonly kept: Uint8Array;
  readonly rows: number;
  readonly units: number;
  readonly row: number;
  /** A click in the grid; the keyboard has the stepper of the network figure. */
  readonly onRow: (row: number) => void;
  /** Another stage (layer, mode) is drawn at once, a new mask of the same stage in reading order. */
  readonly stage: string;
  readonly grid: GridLayout;
  readonly rem: number;
  readonly title: string;
  readonly summaryId: string;
}

export function DropoutGrid(props: DropoutGridProps) {
  const { rows, units, row, grid, rem } = props;
  const { t } = useTranslation();
  const hatchId = useId();
  const kept = useReadingOrder(props.kept, props.stage);
  const s = rem / 16;
  const inset = grid.cell >= 12 ? 0.5 : 0.25;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a short cut; the keyboard has the row stepper
    <svg
      className={fig.svg}
      width={grid.width}
      height={grid.height}
      role="img"
      aria-label={props.title}
      aria-describedby={props.summaryId}
      onClick={(event) => {
        const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
        const picked = Math.floor((y - grid.top) / grid.pitch);
        if (picked >= 0 && picked < rows) props.onRow(picked);
      }}
    >
      <defs>
        <HatchPattern id={hatchId} pitch={grid.cell >= 12 ? 6 * s : 3} />
      </defs>
      <text x={grid.left + (units * grid.pitch) / 2} y={14 * s} className={`${fig.middle} ${fig.dim}`}>
        {t('figure.dropout.units', { count: units })}
      </text>
      <text
        transform={`translate(${11 * s} ${grid.top + (rows * grid.pitch) / 2}) rotate(-90)`}
        className={`${fig.middle} ${fig.dim}`}
      >
        {rows * grid.pitch > 70 * s ? t('figure.dropout.batch', { count: rows }) : ''}
      </text>
      {Array.from({ length: rows }, (_, i) => i)
        .filter((i) => i === row || (i % grid.labelEvery === 0 && Math.abs(i - row) >= grid.labelEvery))
        .map((i) => (
          <text
            key={i}
            x={grid.left - 12 * s}
            y={grid.top + i * grid.pitch + grid.cell / 2 + 4.5 * s}
            className={`${fig.mono} ${fig.end} ${i === row ? fig.bold : fig.faint}`}
          >
            {i + 1}
          </text>
        ))}
      <path d={cellsPath(grid, kept.length, units, 0, (i) => kept[i] === 1)} fill="var(--mode)" />
      <path
        d={cellsPath(grid, kept.length, units, inset, (i) => kept[i] === 0)}
        fill={`url(#${hatchId})`}
        stroke="var(--line-strong)"
        strokeWidth={2 * inset}
        strokeDasharray="3 2.5"
      />
      <rect
        x={grid.left - 3 * s}
        y={grid.top + row * grid.pitch - grid.gap / 2}
        width={units * grid.pitch - grid.gap + 6 * s}
        height={grid.pitch}
        rx={Math.min(7, grid.cell / 2) * s}
        fill="none"
        stroke="var(--ink)"
        strokeWidth={Math.max(1.5, Math.min(2 * s, grid.gap))}
      />
    </svg>
  );
}
