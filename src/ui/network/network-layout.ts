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
  /** Left and right end of the bars; a bar that would go beyond is drawn cut. */
  readonly bars: { readonly from: number; readonly to: number };
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
/** Least width of the bars; Dropout's are up to 1/(1-p) times as long as those before it. */
const BARS = 26;
const BARS_DROPOUT = 44;
/** What a card gains where the figure scrolls anyway. */
const BARS_MORE = 28;

/** Few units stand further apart, so that a fan of wires can be read. */
function pitchOf(units: number): number {
  if (units > NUMBERED_UNITS) return ROWS_SPAN / (units - 1);
  return ROW * (units <= 2 ? 2.6 : units === 3 ? 2 : units === 4 ? 1.6 : 1);
}

const hasBars = (column: FigureColumn): boolean => column.kind !== 'input' || column.units > NUMBERED_UNITS;

/**
 * Room for `−0.00`, or `0.00`. A longer negative number only reaches over the bars of its own row, which go the
 * other way.
 */
const numbersWidth = (column: FigureColumn): number => (column.nonNegative ? 4 : 5) * DIGIT;

/** Never from the values: a card keeps its width through flips and steps. */
function leastWidth(column: FigureColumn): number {
  const name = column.kind === 'input' ? 'x' : column.kind;
  const title = Math.max(name.length * 8.9, column.detail.length * 7.6) + 18;
  if (column.units > NUMBERED_UNITS) return Math.max(84, title);
  if (!hasBars(column)) return Math.max(title, numbersWidth(column) + 24);
  const bars = column.kind === 'Dropout' ? BARS_DROPOUT : BARS;
  return Math.max(title, numbersWidth(column) + bars + 23);
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
function zoneOf(column: FigureColumn, x: number, width: number, sx: number): Zone {
  const numbers = column.units > NUMBERED_UNITS ? 0 : numbersWidth(column) + 5;
  return { from: x + 9 * sx, width: Math.max(8, width - (18 + numbers) * sx) };
}

interface Widths {
  readonly columns: readonly number[];
  readonly gaps: readonly number[];
}

/** Cards take the free width first, wires the rest; beyond a measure the figure stays narrower than its place. */
function shareWidth(columns: readonly FigureColumn[], width: number, sx: number): Widths {
  const least = columns.map((column) => leastWidth(column) * sx);
  const gaps = columns.slice(1).map((column, i) => gapBefore(column, columns[i]!) * sx);
  const slack = width - [...least, ...gaps].reduce((total, value) => total + value, 0);
  if (slack < 0) return { columns: least.map((value) => value + BARS_MORE * sx), gaps };
  const moreWidth = Math.min(36 * sx, slack / columns.length);
  const left = slack - moreWidth * columns.length;
  const moreGap = gaps.length === 0 ? 0 : Math.min(44 * sx, left / gaps.length);
  return { columns: least.map((value) => value + moreWidth), gaps: gaps.map((value) => value + moreGap) };
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
  const widths = shareWidth(columns, width, sx);

  const heightOf = (units: number) => (FIRST + (units - 1) * pitchOf(units) + FOOT) * sy;
  const tallest = Math.max(...columns.map((column) => heightOf(column.units)));
  let x = 0;
  const boxes: ColumnBox[] = [];
  const zones: Zone[] = [];
  columns.forEach((column, i) => {
    if (i > 0) x += widths.gaps[i - 1]!;
    const own = widths.columns[i]!;
    const compact = column.units > NUMBERED_UNITS;
    const pitch = pitchOf(column.units) * sy;
    const y = (tallest - heightOf(column.units)) / 2;
    zones.push(zoneOf(column, x, own, sx));
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
      bars: { from: zones[i]!.from, to: zones[i]!.from + zones[i]!.width },
      numberX: x + own - 9 * sx,
    });
    x += own;
  });
  const unitPx = commonUnit(columns, zones, extentOf);
  return {
    width: x,
    height: figureHeight(columns, boxes, tallest, rem),
    boxes: boxes.map((box, i) =>
      hasBars(columns[i]!) ? { ...box, axisX: axisOf(zones[i]!, extentOf(columns[i]!), unitPx) } : box,
    ),
    unitPx,
    sx,
    sy,
    scrolls: x > width + 0.5,
  };
}

/** Zero of a column; a range wider than the zone keeps its proportions. */
function axisOf(zone: Zone, extent: Extent, unitPx: number): number {
  const range = extent.hi - extent.lo;
  return zone.from - extent.lo * Math.min(unitPx, range > 0 ? zone.width / range : unitPx);
}

/**
 * The largest pixels per 1.0 at which every column's range fits its zone. Logits outgrow all other layers while
 * a network learns, and have numbers: the last column may cut its longest bars to half.
 */
function commonUnit(
  columns: readonly FigureColumn[],
  zones: readonly Zone[],
  extentOf: (column: FigureColumn) => Extent,
): number {
  let unit = Number.POSITIVE_INFINITY;
  columns.forEach((column, i) => {
    const { lo, hi } = extentOf(column);
    if (!hasBars(column) || hi <= lo) return;
    const fits = zones[i]!.width / (hi - lo);
    const isAnswer = i === columns.length - 1 && i > 1 && column.units <= NUMBERED_UNITS;
    unit = Math.min(unit, isAnswer ? 2 * fits : fits);
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
