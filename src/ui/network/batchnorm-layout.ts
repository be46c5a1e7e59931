/** Geometry of the BatchNorm figure's two plots, in CSS pixels. */
import { type Extent, linear, niceTicks } from '../charts/scale';

export interface Plot {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
  /** Against the 16 px design. */
  readonly s: number;
}

/** The value axis; a twentieth of the range stays free at both ends. */
export function layoutPlot(width: number, rem: number, extent: Extent, ticks: number): Plot {
  const s = rem / 16;
  const top = 20 * s;
  const bottom = 208 * s;
  const span = extent.hi - extent.lo || 1;
  const lo = extent.lo - span / 20;
  const hi = (extent.hi - extent.lo ? extent.hi : 1) + span / 20;
  return {
    width,
    height: 254 * s,
    left: 40 * s,
    right: width,
    top,
    bottom,
    y: linear(lo, hi, bottom, top),
    ticks: niceTicks(lo, hi, ticks),
    s,
  };
}

export interface FeatureAxis {
  readonly pitch: number;
  readonly x: (feature: number) => number;
  /** How far the two whiskers of a feature stand from its middle. */
  readonly offset: number;
  readonly radius: number;
  readonly stroke: number;
  /** Features whose number is written. */
  readonly labels: readonly number[];
}

export function featureAxis(plot: Plot, count: number, selected: number): FeatureAxis {
  const pitch = (plot.right - plot.left) / Math.max(1, count);
  const needed = (String(count - 1).length * 7.5 + 6) * plot.s;
  const every = niceEvery(needed / pitch);
  const labels: number[] = [];
  for (let feature = 0; feature < count; feature += 1) {
    const clear = Math.abs(feature - selected) * pitch >= needed;
    if (feature === selected || (feature % every === 0 && clear)) labels.push(feature);
  }
  return {
    pitch,
    x: (feature) => plot.left + (feature + 0.5) * pitch,
    offset: Math.min(5.5 * plot.s, pitch * 0.21),
    radius: Math.max(1.6, Math.min(4.5 * plot.s, pitch * 0.17)),
    stroke: Math.max(1, Math.min(2.5 * plot.s, pitch * 0.16)),
    labels,
  };
}

/** 1, 2, 5, 10, 20, ... : the next one that is at least `least`. */
function niceEvery(least: number): number {
  for (let decade = 1; ; decade *= 10) {
    for (const factor of [1, 2, 5]) if (factor * decade >= least) return factor * decade;
  }
}

/** The feature under a horizontal position inside the plot, clamped to the first and the last. */
export function featureAt(plot: Plot, count: number, x: number): number {
  const feature = Math.floor(((x - plot.left) / (plot.right - plot.left)) * count);
  return Math.max(0, Math.min(count - 1, feature));
}
