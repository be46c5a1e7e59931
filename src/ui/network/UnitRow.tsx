/** One unit: its bar on the column's axis and its number, or the hatch of a dropped one. */
import fig from '../charts/figure.module.css';
import { formatFull, formatUnit } from '../charts/number-format';
import type { ColumnBox, NetworkLayout } from './network-layout';
import type { FigureColumn } from './network-model';
import { unitY } from './wire-paths';

export interface UnitRowProps {
  readonly column: FigureColumn;
  readonly box: ColumnBox;
  readonly layout: NetworkLayout;
  readonly unit: number;
  readonly hatch: string;
  /** On a dropped unit: `drop1[2] = 0 (dropped)`. A hook for each of some hundred units would cost a frame. */
  readonly droppedTitle: (name: string) => string;
}

export function UnitRow({ column, box, layout, unit, hatch, droppedTitle }: UnitRowProps) {
  const y = unitY(box, unit);
  const { sx, unitPx } = layout;
  const name = `${column.attribute}[${unit}]`;
  if (column.dropped?.[unit]) {
    const height = Math.max(2, Math.min(box.pitch * 0.78, 20 * layout.sy));
    return (
      <g>
        <title>{droppedTitle(name)}</title>
        <rect
          x={box.x + 8 * sx}
          y={y - height / 2}
          width={box.width - 16 * sx}
          height={height}
          rx={Math.min(4, height / 3)}
          fill={hatch}
          stroke="var(--line-strong)"
          strokeWidth={box.compact ? 0.7 : sx}
          strokeDasharray="3 2.5"
        />
      </g>
    );
  }
  const value = column.values?.[unit];
  const axis = box.axisX;
  const wanted = value === undefined || axis === null || !Number.isFinite(value) ? 0 : value * unitPx;
  const length = Math.max(box.bars.from - (axis ?? 0), Math.min(box.bars.to - (axis ?? 0), wanted));
  const isCut = Math.abs(wanted - length) > 1;
  const tick = box.barHeight / 2 + 1;
  return (
    <g>
      {value !== undefined && <title>{`${name} = ${formatFull(value)}`}</title>}
      {axis !== null && !box.compact && (
        <line x1={axis} x2={axis} y1={y - tick} y2={y + tick} stroke="var(--line-strong)" strokeWidth={sx} />
      )}
      {axis !== null && length !== 0 && (
        <rect
          x={Math.min(axis, axis + length)}
          y={y - box.barHeight / 2}
          width={Math.abs(length)}
          height={box.barHeight}
          rx={Math.min(1, box.barHeight / 4)}
          fill={column.sensitive ? 'var(--mode)' : 'var(--ink-2)'}
        />
      )}
      {isCut && axis !== null && <CutMark x={axis + length * 0.7} y={y} size={box.barHeight} />}
      {!box.compact && value !== undefined && (
        <text
          x={box.numberX}
          y={y + 4.5 * sx}
          className={`${fig.mono} ${fig.end} ${value === 0 && axis !== null ? fig.faint : ''}`}
        >
          {formatUnit(value)}
        </text>
      )}
    </g>
  );
}

/** Two slanted gaps across a bar that is longer than its place. */
function CutMark({ x, y, size }: { x: number; y: number; size: number }) {
  const half = size / 2 + 1;
  return (
    <path
      d={`M${x - 2} ${y + half}l3 ${-2 * half}m2 0l-3 ${2 * half}`}
      stroke="var(--card)"
      strokeWidth={1.4}
      fill="none"
    />
  );
}
