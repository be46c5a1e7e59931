/** The grid batch x units of the Dropout figure, in CSS pixels. */

export interface GridLayout {
  readonly cell: number;
  readonly gap: number;
  readonly pitch: number;
  /** Top left corner of the first cell. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Every so many rows have their number. */
  readonly labelEvery: number;
}

const CELL_MAX = 24;
const CELL_MIN = 6;
/** Taller than this the cells shrink before the figure grows. */
const HEIGHT_MAX = 400;

const gapOf = (pitch: number): number => (pitch >= 22 ? 4 : pitch >= 14 ? 3 : pitch >= 9 ? 2 : 1);

export function layoutGrid(rows: number, units: number, width: number, rem: number): GridLayout {
  const s = rem / 16;
  const left = 46 * s;
  const top = 28 * s;
  const room = Math.min((width - left - 4 * s) / units, (HEIGHT_MAX * s) / rows);
  const largest = (CELL_MAX + 4) * s;
  const smallest = CELL_MIN + 1;
  const pitch = Math.max(smallest, Math.min(largest, Math.floor(room)));
  const gap = gapOf(pitch / s) * (pitch > smallest ? s : 1);
  return {
    cell: pitch - gap,
    gap,
    pitch,
    left,
    top,
    width: left + units * pitch + 4 * s,
    height: top + rows * pitch + 4 * s,
    labelEvery: Math.max(1, Math.ceil((15 * s) / pitch)),
  };
}

/** Path of the cells of a row-major grid for which `holds` says yes; `inset` leaves room for an outline. */
export function cellsPath(
  grid: GridLayout,
  count: number,
  units: number,
  inset: number,
  holds: (index: number) => boolean,
): string {
  const size = grid.cell - 2 * inset;
  const r = grid.cell >= 12 ? 4 : 0;
  const side = size - 2 * r;
  const corner = (dx: number, dy: number) => (r === 0 ? '' : `a${r} ${r} 0 0 1 ${dx} ${dy}`);
  const outline = `h${side}${corner(r, r)}v${side}${corner(-r, r)}h${-side}${corner(-r, -r)}v${-side}${corner(r, -r)}z`;
  const parts: string[] = [];
  for (let index = 0; index < count; index += 1) {
    if (!holds(index)) continue;
    const x = grid.left + (index % units) * grid.pitch + inset + r;
    const y = grid.top + Math.floor(index / units) * grid.pitch + inset;
    parts.push(`M${x} ${y}${outline}`);
  }
  return parts.join('');
}
