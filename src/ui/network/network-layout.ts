/**
 * Where everything in the network figure stands, in CSS pixels. Boxes follow from the shapes, the kept axes and
 * the width alone, never from the values, so a flip or a step moves none of them.
 */
import type { Extent } from '../charts/scale';
import type { FigureColumn } from './network-model';

export interface ColumnBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Too many units for a number each: thin bars. */
  readonly compact: boolean;
  /** Centre of the first unit, and the distance to the next. */
  readonly firstY: number;
  readonly pitch: number;
  readonly barHeight: number;
  /** Zero of the bars; `null` where a column shows numbers alone. */
  readonly axisX: number | null;
  /** Right edge of the numbers. */
  readonly numberX: number;
}

export interface NetworkLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly ColumnBox[];
  /** Pixels per 1.0, the same in every column. */
  readonly unitPx: number;
  /** Horizontal and vertical size against the 16 px design. */
  readonly sx: number;
  readonly sy: number;
  /** Wider than the place it was given: it scrolls in its frame. */
  readonly scrolls: boolean;
}

/** Most units that get a number each. */
export const NUMBERED_UNITS = 16;
const HEAD = 63;
const ROW = 23;
const ROWS_SPAN = ROW * (NUMBERED_UNITS - 1);
const FIRST = 83;
const FOOT = 22;
/** Height of the words under a column. */
export const FOOT_LINE = 22;
/** A monospace digit at .78rem. */
const DIGIT = 7.55;

/** Few units stand further apart, so that a fan of wires can be read. */
function pitchOf(units: number): number {
  if (units > NUMBERED_UNITS) return ROWS_SPAN / (units - 1);
  return ROW * (units <= 2 ? 2.6 : units === 3 ? 2 : units === 4 ? 1.6 : 1);
}

/** Characters of the widest number `formatUnit` writes for this range. */
function numberChars(extent: Extent): number {
  const whole = Math.max(1, Math.floor(Math.log10(Math.max(1, -extent.lo, extent.hi))) + 1);
  return Math.min(6, whole + 3 + (extent.lo < 0 ? 1 : 0));
}

const hasBars = (column: FigureColumn): boolean => column.kind !== 'input' || column.units > NUMBERED_UNITS;

function naturalWidth(column: FigureColumn, extent: Extent): number {
  const name = column.kind === 'input' ? 'x' : column.kind;
  const title = Math.max(name.length * 8.9, column.detail.length * 7.6) + 18;
  if (column.units > NUMBERED_UNITS) return Math.max(84, title);
  const numbers = numberChars(extent) * DIGIT;
  return hasBars(column) ? Math.max(title, numbers + 60) : Math.max(title, numbers + 18, 62);
}

function gapBefore(column: FigureColumn, before: FigureColumn): number {
  const label = `[${before.shape.join(', ')}]`;
  return Math.max(column.kind === 'Linear' ? 56 : 50, label.length * 7.25 + 5);
}

interface Zone {
  readonly from: number;
  readonly width: number;
}

/** The part of a column its bars may use. */
function zoneOf(column: FigureColumn, extent: Extent, x: number, width: number, sx: number): Zone {
  const pad = 9 * sx;
  const numbers = column.units > NUMBERED_UNITS ? 0 : (numberChars(extent) * DIGIT + 5) * sx;
  return { from: x + pad, width: Math.max(8 * sx, width - 2 * pad - numbers) };
}

/** `extents` by column id (kept, grow-only). `width` and `rem` in CSS pixels. */
export function layoutNetwork(
  columns: readonly FigureColumn[],
  extents: Readonly<Record<string, Extent>>,
  width: number,
  rem: number,
): NetworkLayout {
  const sx = rem / 16;
  // A projector's rows grow less than its type: sixteen of them have to fit 720 px with the switch.
  const sy = Math.sqrt(sx);
  const extentOf = (column: FigureColumn) => extents[column.id] ?? column.extent;
  const naturals = columns.map((column) => naturalWidth(column, extentOf(column)) * sx);
  const gaps = columns.slice(1).map((column, i) => gapBefore(column, columns[i]!) * sx);
  const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
  const natural = sum(naturals) + sum(gaps);
  const slack = Math.max(0, width - natural);
  const moreGap = gaps.length === 0 ? 0 : Math.min(36 * sx, slack / 2 / gaps.length);
  const moreWidth = Math.min(36 * sx, (slack - moreGap * gaps.length) / columns.length);

  const heightOf = (units: number) => (FIRST + (units - 1) * pitchOf(units) + FOOT) * sy;
  const tallest = Math.max(...columns.map((column) => heightOf(column.units)));
  let x = 0;
  const boxes: ColumnBox[] = [];
  const zones: Zone[] = [];
  columns.forEach((column, i) => {
    if (i > 0) x += gaps[i - 1]! + moreGap;
    const own = naturals[i]! + moreWidth;
    const compact = column.units > NUMBERED_UNITS;
    const pitch = pitchOf(column.units) * sy;
    const y = (tallest - heightOf(column.units)) / 2;
    zones.push(zoneOf(column, extentOf(column), x, own, sx));
    boxes.push({
      x,
      y,
      width: own,
      height: heightOf(column.units),
      compact,
      firstY: y + FIRST * sy,
      pitch,
      barHeight: compact ? Math.max(2, Math.min(11 * sy, pitch * 0.66)) : 11 * sy,
      axisX: null,
      numberX: x + own - 9 * sx,
    });
    x += own;
  });
  const unitPx = commonUnit(columns, zones, extentOf);
  return {
    width: x,
    height: figureHeight(columns, boxes, tallest, rem),
    boxes: boxes.map((box, i) =>
      hasBars(columns[i]!) ? { ...box, axisX: zones[i]!.from - extentOf(columns[i]!).lo * unitPx } : box,
    ),
    unitPx,
    sx,
    sy,
    scrolls: x > width + 0.5,
  };
}

/** The largest pixels per 1.0 at which every column's range fits its zone. */
function commonUnit(
  columns: readonly FigureColumn[],
  zones: readonly Zone[],
  extentOf: (column: FigureColumn) => Extent,
): number {
  let unit = Number.POSITIVE_INFINITY;
  columns.forEach((column, i) => {
    const { lo, hi } = extentOf(column);
    if (hasBars(column) && hi > lo) unit = Math.min(unit, zones[i]!.width / (hi - lo));
  });
  return Number.isFinite(unit) ? unit : 1;
}

/** Header line of a card, below which its units begin. */
export const headLine = (box: ColumnBox, layout: NetworkLayout): number => box.y + HEAD * layout.sy;

/** Below the last column stands the probability, below `x` the two buttons of the row (2.75rem each). */
function figureHeight(
  columns: readonly FigureColumn[],
  boxes: readonly ColumnBox[],
  tallest: number,
  rem: number,
): number {
  const sx = rem / 16;
  const bottom = (box: ColumnBox) => box.y + box.height;
  const foot = columns[columns.length - 1]!.heeds ? FOOT_LINE : 0;
  return Math.max(
    tallest + 28 * sx,
    bottom(boxes[0]!) + 2 * 2.75 * rem + 14 * sx,
    bottom(boxes[boxes.length - 1]!) + (62 + foot) * sx,
  );
}
