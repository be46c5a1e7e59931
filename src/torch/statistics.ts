/** What a tensor's values are like: moments in one pass, a histogram in a second, both fed piece by piece. */

export interface Moments {
  readonly count: number;
  /** Of the finite values; `nan` where there is none. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** `tensor.std()`: divided by n - 1, so a single value has none (`nan`). */
  readonly std: number;
  readonly zeros: number;
  readonly nan: number;
  readonly infinite: number;
}

/** In double precision, whatever the dtype: sums of float32 would depend on their order. */
export class MomentsPass {
  private count = 0;
  private finite = 0;
  private min = Number.POSITIVE_INFINITY;
  private max = Number.NEGATIVE_INFINITY;
  private mean = 0;
  /** Sum of squared distances from the mean. */
  private squares = 0;
  private zeros = 0;
  private nan = 0;

  add(values: Float64Array): void {
    let finite = 0;
    let sum = 0;
    for (const x of values) {
      if (!Number.isFinite(x)) {
        if (Number.isNaN(x)) this.nan++;
        continue;
      }
      finite++;
      sum += x;
      if (x < this.min) this.min = x;
      if (x > this.max) this.max = x;
      if (x === 0) this.zeros++;
    }
    this.count += values.length;
    if (finite === 0) return;
    const mean = sum / finite;
    let squares = 0;
    for (const x of values) if (Number.isFinite(x)) squares += (x - mean) ** 2;
    this.merge(finite, mean, squares);
  }

  /** Chan, Golub and LeVeque's update: no cancellation where values lie far from zero. */
  private merge(count: number, mean: number, squares: number): void {
    const total = this.finite + count;
    const apart = mean - this.mean;
    this.squares += squares + apart ** 2 * ((this.finite * count) / total);
    this.mean += apart * (count / total);
    this.finite = total;
  }

  result(): Moments {
    const { count, finite, nan, zeros } = this;
    const none = finite === 0;
    return {
      count,
      min: none ? Number.NaN : this.min,
      max: none ? Number.NaN : this.max,
      mean: none ? Number.NaN : this.mean,
      std: finite > 1 ? Math.sqrt(this.squares / (finite - 1)) : Number.NaN,
      zeros,
      nan,
      infinite: count - finite - nan,
    };
  }
}

/** Counts in bins of equal width from `min` to `max`, the last one closed, as `numpy.histogram` counts finite values. */
export class HistogramPass {
  readonly counts: number[];
  private readonly edges: readonly number[];

  /** `max` is greater than `min`. */
  constructor(min: number, max: number, bins: number) {
    this.counts = new Array<number>(bins).fill(0);
    this.edges = Array.from({ length: bins + 1 }, (_, i) =>
      i === bins ? max : min + i * ((max - min) / bins),
    );
  }

  add(values: Float64Array): void {
    const { counts, edges } = this;
    const bins = counts.length;
    const [min] = edges;
    const scale = bins / (edges[bins] - min);
    for (const x of values) {
      if (!Number.isFinite(x)) continue;
      let bin = Math.min(Math.floor((x - min) * scale), bins - 1);
      // Rounding may put a value beside an edge on the wrong side of it.
      if (x < edges[bin]) bin--;
      else if (bin < bins - 1 && x >= edges[bin + 1]) bin++;
      counts[bin]++;
    }
  }
}
