/** The phone's form of the network: one strip of vertical bars per layer, under each other, on one scale. */
import type { Extent } from '../charts/scale';
import type { FigureColumn } from './network-model';

export interface StripBox {
  /** Baseline of the name line, and of the sentence below it where the layer heeds the mode. */
  readonly nameY: number;
  readonly noteY: number | null;
  readonly top: number;
  readonly height: number;
  /** Zero of the bars. */
  readonly axisY: number;
  /** Left edge of the first unit's place, and the width of a place. */
  readonly firstX: number;
  readonly pitch: number;
  readonly barWidth: number;
}

export interface StripLayout {
  readonly height: number;
  readonly strips: readonly StripBox[];
  readonly unitPx: number;
}

/** So few units have room for their numbers. */
export const NUMBERED_STRIP = 4;
/** Height of the strip with the widest range, and of the flattest. */
const TALLEST = 64;
const FLATTEST = 22;
const PAD = 5;

export function layoutStrips(
  columns: readonly FigureColumn[],
  extents: Readonly<Record<string, Extent>>,
  width: number,
  rem: number,
  top: number,
): StripLayout {
  const s = rem / 16;
  const extentOf = (column: FigureColumn) => extents[column.id] ?? column.extent;
  const rangeOf = (column: FigureColumn) => extentOf(column).hi - extentOf(column).lo;
  // The last layer's logits outgrow the others and stand there as numbers too: they take half a say.
  const isAnswer = (i: number) => i === columns.length - 1 && i > 0 && columns[i]!.units <= NUMBERED_STRIP;
  const widest = Math.max(0, ...columns.map((column, i) => rangeOf(column) / (isAnswer(i) ? 2 : 1)));
  const unitPx = widest > 0 ? (TALLEST * s) / widest : 1;
  let y = top;
  const strips = columns.map((column): StripBox => {
    const { lo, hi } = extentOf(column);
    const nameY = y + 19 * s;
    const noteY = column.heeds ? nameY + 19 * s : null;
    const boxTop = (noteY ?? nameY) + 7 * s;
    const range = Math.min(TALLEST * s, (hi - lo) * unitPx);
    const px = hi > lo ? range / (hi - lo) : 0;
    const height = Math.max(FLATTEST * s, range) + 2 * PAD * s;
    // A flat range sits at the foot of its strip, or hangs from the top when it is all negative.
    const axisY = lo === 0 ? boxTop + height - PAD * s : boxTop + PAD * s + hi * px;
    const pitch = (width - 8 * s) / Math.max(1, column.units);
    const barWidth = Math.min(26 * s, Math.max(1.5, pitch - Math.min(8 * s, pitch * 0.4)));
    y = boxTop + height + 14 * s;
    return { nameY, noteY, top: boxTop, height, axisY, firstX: 4 * s, pitch, barWidth };
  });
  return { height: y, strips, unitPx };
}

export const stripX = (strip: StripBox, unit: number): number => strip.firstX + (unit + 0.5) * strip.pitch;
