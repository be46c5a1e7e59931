/**
 * The wires between two columns as SVG path data, one path per look, so that a fan of 64 x 64 is still one element.
 * Element-wise layers are joined unit by unit; a Linear fans out. A zero is dotted, a dropped unit ends in a stop.
 */
import type { Extent } from '../charts/scale';
import type { ColumnBox, NetworkLayout } from './network-layout';
import type { FigureColumn } from './network-model';

export interface WeightedWire {
  readonly unit: number;
  readonly path: string;
  /** 0 to 1: the value's size against the column's axis. */
  readonly strength: number;
}

export interface WirePaths {
  readonly fan: boolean;
  /** How many wires `live` and `weighted` hold. */
  readonly count: number;
  readonly live: string;
  /** Out of Dropout the width of a wire is the value it carries. */
  readonly weighted: readonly WeightedWire[];
  readonly zero: string;
  readonly stops: string;
}

export const unitY = (box: ColumnBox, unit: number): number => box.firstY + unit * box.pitch;

const num = (value: number): string => String(Math.round(value * 10) / 10);

export function wirePaths(
  from: FigureColumn,
  to: FigureColumn,
  boxes: { readonly from: ColumnBox; readonly to: ColumnBox },
  extent: Extent,
  layout: NetworkLayout,
): WirePaths {
  const fan = to.kind === 'Linear' || to.units !== from.units;
  const start = boxes.from.x + boxes.from.width;
  const end = boxes.to.x;
  const reach = Math.max(-extent.lo, extent.hi);
  const live: string[] = [];
  const zero: string[] = [];
  const stops: string[] = [];
  const weighted: WeightedWire[] = [];
  let count = 0;
  for (let unit = 0; unit < from.units; unit += 1) {
    const y = unitY(boxes.from, unit);
    if (from.dropped?.[unit]) {
      const half = Math.min(4.5 * layout.sx, boxes.from.pitch * 0.4);
      stops.push(`M${num(start)} ${num(y)}h${num(8 * layout.sx)}m0 ${num(-half)}v${num(2 * half)}`);
      continue;
    }
    const value = from.values?.[unit];
    if (value === 0) {
      const to = fan ? start + 12 * layout.sx : end;
      zero.push(`M${num(start + 2)} ${num(y)}H${num(to)}`);
      continue;
    }
    if (!fan) {
      live.push(`M${num(start)} ${num(y)}H${num(end)}`);
      count += 1;
      continue;
    }
    const rays: string[] = [];
    for (let target = 0; target < to.units; target += 1) {
      rays.push(`M${num(start)} ${num(y)}L${num(end)} ${num(unitY(boxes.to, target))}`);
    }
    count += rays.length;
    if (from.kind === 'Dropout' && value !== undefined) {
      const strength = reach > 0 ? Math.min(1, Math.abs(value) / reach) : 0;
      weighted.push({ unit, path: rays.join(''), strength: Number.isNaN(strength) ? 1 : strength });
    } else live.push(...rays);
  }
  return { fan, count, live: live.join(''), weighted, zero: zero.join(''), stops: stops.join('') };
}
