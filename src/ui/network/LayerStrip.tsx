/** One layer of the phone figure: its name line, its strip of bars, the wires that leave it. */
import type { Mode } from '../../notebook/statements';
import fig from '../charts/figure.module.css';
import { formatFull, formatShape, formatUnit } from '../charts/number-format';
import { useFootText } from './ColumnFoot';
import type { FigureColumn } from './network-model';
import { NUMBERED_STRIP, type StripBox, stripX } from './strip-layout';

export interface LayerStripProps {
  readonly column: FigureColumn;
  /** The strip below; `null` for the last, which has no wires. */
  readonly next: FigureColumn | null;
  readonly strip: StripBox;
  readonly unitPx: number;
  readonly width: number;
  readonly rem: number;
  readonly mode: Mode;
  readonly isFirstLayer: boolean;
  readonly hatch: string;
}

export function LayerStrip(props: LayerStripProps) {
  const { column, next, strip, width, rem, mode, isFirstLayer } = props;
  const note = useFootText()(column, mode, isFirstLayer);
  return (
    <g>
      <text x={0} y={strip.nameY} className={`${fig.name} ${column.heeds ? fig.inMode : ''}`}>
        {column.kind === 'input' ? 'x' : column.kind}
        <tspan className={`${fig.mono} ${fig.dim}`} dx={0.45 * rem} fontWeight={400}>
          {column.detail}
        </tspan>
      </text>
      <text x={width} y={strip.nameY} className={`${fig.mono} ${fig.dim} ${fig.end}`}>
        {formatShape(column.shape)}
      </text>
      {strip.noteY !== null && (
        <text x={0} y={strip.noteY} className={fig.dim}>
          {note}
        </text>
      )}
      <rect
        x={0.5}
        y={strip.top}
        width={width - 1}
        height={strip.height}
        rx={6}
        fill="var(--card)"
        stroke="var(--line)"
      />
      {Array.from({ length: column.units }, (_, unit) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a unit is its place
        <StripUnit key={unit} {...props} unit={unit} />
      ))}
      {next && <StripWires column={column} strip={strip} rem={rem} />}
    </g>
  );
}

function StripUnit({ column, strip, unitPx, rem, hatch, unit }: LayerStripProps & { unit: number }) {
  const x = stripX(strip, unit) - strip.barWidth / 2;
  const s = rem / 16;
  if (column.dropped?.[unit]) {
    return (
      <rect
        x={x - Math.min(3 * s, strip.pitch * 0.1)}
        y={strip.top + 3 * s}
        width={strip.barWidth + 2 * Math.min(3 * s, strip.pitch * 0.1)}
        height={strip.height - 6 * s}
        rx={Math.min(4, strip.barWidth / 4)}
        fill={hatch}
        stroke="var(--line-strong)"
        strokeWidth={strip.pitch < 12 ? 0.7 : 1}
        strokeDasharray="3 2.5"
      />
    );
  }
  const value = column.values?.[unit];
  const wanted = value === undefined || !Number.isFinite(value) ? 0 : value * unitPx;
  const foot = strip.top + strip.height;
  const length = Math.max(strip.axisY - foot, Math.min(strip.axisY - strip.top, wanted));
  const overhang = Math.min(2 * s, strip.pitch * 0.1);
  return (
    <g>
      {value !== undefined && <title>{`${column.attribute}[${unit}] = ${formatFull(value)}`}</title>}
      <line
        x1={x - overhang}
        x2={x + strip.barWidth + overhang}
        y1={strip.axisY}
        y2={strip.axisY}
        stroke="var(--line-strong)"
      />
      {length !== 0 && (
        <rect
          x={x}
          y={Math.min(strip.axisY, strip.axisY - length)}
          width={strip.barWidth}
          height={Math.abs(length)}
          rx={Math.min(1, strip.barWidth / 4)}
          fill={column.sensitive ? 'var(--mode)' : 'var(--ink-2)'}
        />
      )}
      {value !== undefined && column.units <= NUMBERED_STRIP && (
        <text x={x + strip.barWidth + 8 * s} y={strip.top + strip.height / 2 + 4.5 * s} className={fig.mono}>
          {formatUnit(value)}
        </text>
      )}
    </g>
  );
}

/** A tick per unit: solid where a value passes, dotted at zero, a stop where Dropout took it. */
function StripWires({ column, strip, rem }: { column: FigureColumn; strip: StripBox; rem: number }) {
  const s = rem / 16;
  const from = strip.top + strip.height + 2 * s;
  const paths = { live: '', zero: '', stop: '' };
  for (let unit = 0; unit < column.units; unit += 1) {
    const x = stripX(strip, unit).toFixed(1);
    const half = Math.min(4 * s, strip.pitch * 0.35);
    if (column.dropped?.[unit]) paths.stop += `M${x} ${from}v${4 * s}m${-half} 0h${2 * half}`;
    else if (column.values?.[unit] === 0) paths.zero += `M${x} ${from}v${10 * s}`;
    else paths.live += `M${x} ${from}v${10 * s}`;
  }
  const stroke = Math.min(1.5 * s, strip.pitch * 0.25);
  return (
    <g fill="none" strokeWidth={stroke}>
      <path d={paths.live} stroke={column.sensitive ? 'var(--mode)' : 'var(--ink-3)'} />
      <path d={paths.zero} stroke="var(--line)" strokeDasharray="2 3" />
      <path d={paths.stop} stroke="var(--line-strong)" />
    </g>
  );
}
