/** One column of the network figure: the card of a layer with this forward's values on its units. */

import fig from '../charts/figure.module.css';
import { useTranslation } from '../i18n/use-translation';
import { type ColumnBox, headLine, type NetworkLayout } from './network-layout';
import type { FigureColumn } from './network-model';
import { UnitRow } from './UnitRow';
import { unitY } from './wire-paths';

export interface ColumnCardProps {
  readonly column: FigureColumn;
  readonly box: ColumnBox;
  readonly layout: NetworkLayout;
  /** Pattern of a dropped unit, `url(#...)`. */
  readonly hatch: string;
  /** Which row of the batch the input column names, from 0. */
  readonly row: number;
}

/** The coloured head edge of a layer that heeds the mode: the card's own rounded corners, filled. */
function capPath(box: ColumnBox, depth: number): string {
  const r = Math.min(10.5, depth);
  const { x, y, width } = box;
  return `M${x} ${y + depth}V${y + r}a${r} ${r} 0 0 1 ${r} ${-r}H${x + width - r}a${r} ${r} 0 0 1 ${r} ${r}V${y + depth}z`;
}

export function ColumnCard({ column, box, layout, hatch, row }: ColumnCardProps) {
  const { t } = useTranslation();
  const { sx, sy } = layout;
  const centre = box.x + box.width / 2;
  const line = headLine(box, layout);
  const droppedTitle = (name: string) => t('figure.network.droppedUnit', { name });
  const isInput = column.kind === 'input';
  return (
    <g>
      <rect
        x={box.x + 0.5}
        y={box.y + 0.5}
        width={box.width - 1}
        height={box.height - 1}
        rx={10}
        fill="var(--card)"
        stroke={column.heeds ? 'var(--mode)' : 'var(--line-strong)'}
        strokeWidth={(column.heeds ? 2 : 1) * sx}
      />
      {column.heeds && <path d={capPath(box, 10.5 * sy)} fill="var(--mode)" />}
      <text x={centre} y={box.y + 32 * sy} className={`${fig.name} ${fig.middle}`}>
        {isInput ? 'x' : column.kind}
      </text>
      <text x={centre} y={box.y + 51 * sy} className={`${isInput ? '' : fig.mono} ${fig.middle} ${fig.dim}`}>
        {isInput ? t('figure.network.row', { row: row + 1 }) : column.detail}
      </text>
      <line x1={box.x + 8 * sx} x2={box.x + box.width - 8 * sx} y1={line} y2={line} stroke="var(--line)" />
      {box.compact && box.axisX !== null && (
        <line
          x1={box.axisX}
          x2={box.axisX}
          y1={box.firstY - box.pitch / 2}
          y2={unitY(box, column.units - 0.5)}
          stroke="var(--line-strong)"
          strokeWidth={sx}
        />
      )}
      {Array.from({ length: column.units }, (_, unit) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a unit is its place
        <UnitRow key={unit} {...{ column, box, layout, unit, hatch, droppedTitle }} />
      ))}
    </g>
  );
}
