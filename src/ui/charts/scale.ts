/**
 * Axis ranges that hold still: rounded outward to round numbers, and only ever grown, so that a flip of the
 * mode or a training step changes the bars and never the axis they stand on.
 */

/** A range that contains zero. */
export interface Extent {
  readonly lo: number;
  readonly hi: number;
}

export const ZERO_EXTENT: Extent = { lo: 0, hi: 0 };

const STEPS = [1, 1.2, 1.5, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 10];

/** The smallest round number that is at least `value`; 0 for 0. */
export function niceCeil(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 0;
  const decade = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((candidate) => candidate * decade >= value) ?? 10;
  return step * decade;
}

/** Range of the finite values, with zero in it. */
export function extentOf(values: Iterable<number>): Extent {
  let lo = 0;
  let hi = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < lo) lo = value;
    if (value > hi) hi = value;
  }
  return { lo, hi };
}

/** `kept` where `next` fits in it (the same object), otherwise grown to the next round numbers. */
export function growExtent(kept: Extent, next: Extent): Extent {
  if (next.lo >= kept.lo && next.hi <= kept.hi) return kept;
  return {
    lo: next.lo < kept.lo ? -niceCeil(-next.lo) : kept.lo,
    hi: next.hi > kept.hi ? niceCeil(next.hi) : kept.hi,
  };
}

/** Ranges by name, valid for one `key`: another network starts afresh. */
export interface KeptExtents {
  readonly key: string;
  readonly byName: Readonly<Record<string, Extent>>;
}

/** The same object when nothing had to grow. */
export function growExtents(
  kept: KeptExtents,
  key: string,
  next: Readonly<Record<string, Extent>>,
): KeptExtents {
  const before = kept.key === key ? kept.byName : {};
  const byName: Record<string, Extent> = { ...before };
  let changed = kept.key !== key;
  for (const [name, extent] of Object.entries(next)) {
    const old = before[name] ?? ZERO_EXTENT;
    const grown = growExtent(old, extent);
    if (grown === old && name in before) continue;
    byName[name] = grown;
    changed = true;
  }
  return changed ? { key, byName } : kept;
}

/** Round numbers in `[lo, hi]`, at most `count` of them, ascending. */
export function niceTicks(lo: number, hi: number, count: number): number[] {
  const span = hi - lo;
  if (!(span > 0) || count < 1) return [0];
  const decade = 10 ** Math.floor(Math.log10(span / count));
  for (const factor of [1, 2, 5, 10, 20, 50, 100]) {
    const step = factor * decade;
    const first = Math.ceil(lo / step - 1e-9);
    const last = Math.floor(hi / step + 1e-9);
    if (last - first + 1 > count) continue;
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
      Number(((first + i) * step).toPrecision(12)),
    );
  }
  return [0];
}

/** Decimals that tell these ticks apart. */
export function tickDecimals(ticks: readonly number[]): number {
  const step = ticks.length > 1 ? Math.abs(ticks[1]! - ticks[0]!) : Math.abs(ticks[0] ?? 1);
  if (!(step > 0)) return 0;
  return Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

/** A function from `[from, to]` to `[a, b]`; a range of no width maps to `a`. */
export function linear(from: number, to: number, a: number, b: number): (value: number) => number {
  const slope = to === from ? 0 : (b - a) / (to - from);
  return (value) => a + (value - from) * slope;
}
