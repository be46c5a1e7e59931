/** The network as columns from left to right: cards, wires, shapes on the header line, the answer at the end. */
import { useId } from 'react';
import fig from '../charts/figure.module.css';
import { HatchPattern } from '../charts/HatchPattern';
import { formatShape, formatTable } from '../charts/number-format';
import type { Extent } from '../charts/scale';
import { useTranslation } from '../i18n/use-translation';
import { ColumnCard } from './ColumnCard';
import { ColumnFoot } from './ColumnFoot';
import { FOOT_LINE, type NetworkLayout } from './network-layout';
import type { FigureModel } from './network-model';
import { Wires } from './Wires';

export interface NetworkColumnsProps {
  readonly model: FigureModel;
  readonly layout: NetworkLayout;
  readonly extents: Readonly<Record<string, Extent>>;
  readonly title: string;
  readonly summaryId: string;
}

export function NetworkColumns({ model, layout, extents, title, summaryId }: NetworkColumnsProps) {
  const hatchId = useId();
  const { columns } = model;
  const { boxes } = layout;
  return (
    <svg
      className={fig.svg}
      width={layout.width}
      height={layout.height}
      role="img"
      aria-label={title}
      aria-describedby={summaryId}
    >
      <defs>
        <HatchPattern id={hatchId} pitch={6 * layout.sx} />
      </defs>
      {columns.slice(1).map((column, i) => (
        <Wires
          key={column.id}
          from={columns[i]!}
          to={column}
          boxes={{ from: boxes[i]!, to: boxes[i + 1]! }}
          extent={extents[columns[i]!.id] ?? columns[i]!.extent}
          layout={layout}
        />
      ))}
      {columns.slice(1).map((column, i) => (
        <ShapeArrow key={column.id} shape={columns[i]!.shape} at={i} layout={layout} />
      ))}
      {columns.map((column, i) => (
        <g key={column.id}>
          <ColumnCard
            column={column}
            box={boxes[i]!}
            layout={layout}
            hatch={`url(#${hatchId})`}
            row={model.row}
          />
          <ColumnFoot
            column={column}
            isFirstLayer={i === 1}
            box={boxes[i]!}
            layout={layout}
            mode={model.mode}
          />
        </g>
      ))}
      <Answer model={model} layout={layout} />
    </svg>
  );
}

/** The shape that leaves column `at`, on the header line of the tallest card. */
function ShapeArrow({ shape, at, layout }: { shape: readonly number[]; at: number; layout: NetworkLayout }) {
  const { sx, sy } = layout;
  const before = layout.boxes[at]!;
  const from = before.x + before.width + 7 * sx;
  const to = layout.boxes[at + 1]!.x - 7 * sx;
  const head = 5 * sx;
  return (
    <g>
      <text x={(from + to) / 2} y={30 * sy} className={`${fig.mono} ${fig.small} ${fig.middle} ${fig.dim}`}>
        {formatShape(shape)}
      </text>
      <path
        d={`M${from} ${41 * sy}H${to}m${-head} ${-head * 0.8}l${head} ${head * 0.8}l${-head} ${head * 0.8}`}
        fill="none"
        stroke="var(--ink-3)"
        strokeWidth={1.3 * sx}
      />
    </g>
  );
}

/** The probability of the answer, the largest number of the figure. */
function Answer({ model, layout }: { model: FigureModel; layout: NetworkLayout }) {
  const { t } = useTranslation();
  if (!model.probability) return null;
  const box = layout.boxes[layout.boxes.length - 1]!;
  const last = model.columns[model.columns.length - 1]!;
  const centre = box.x + box.width / 2;
  const bottom = box.y + box.height + (last.heeds ? FOOT_LINE * layout.sx : 0);
  return (
    <g>
      <text x={centre} y={bottom + 25 * layout.sx} className={`${fig.middle} ${fig.dim}`}>
        {t('figure.network.probability', { label: model.probability.label })}
      </text>
      <text
        x={centre}
        y={bottom + 54 * layout.sx}
        className={`${fig.big} ${fig.middle} ${last.sensitive ? '' : fig.dim}`}
      >
        {formatTable(model.probability.value)}
      </text>
    </g>
  );
}
