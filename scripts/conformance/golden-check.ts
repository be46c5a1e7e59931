/** Compares what was computed with what PyTorch recorded, and remembers what differs. */
import { createHash } from 'node:crypto';
import type { GoldenCase } from './golden-case';

/** Relative rounding allowed beside the distance of PyTorch's own float32 and float64 runs, and the scale it is least taken of. */
const ROUNDING = 4e-6;
const LEAST_SCALE = 0.05;

export class Checker {
  readonly differences: string[] = [];
  /** Largest error of this case in units of its tolerance. */
  worst = 0;
  private readonly golden: GoldenCase;
  private readonly seen = new Set<string>(['x', 'x2', 'y']);

  constructor(golden: GoldenCase) {
    this.golden = golden;
  }

  /** Equal bit for bit. */
  exact(key: string, got: Float32Array | Int32Array | Uint8Array | undefined): void {
    if (!this.expects(key, got)) return;
    const want = this.golden.stored(key);
    const sampled = this.sample(key, got);
    const bytes = (values: Float32Array | Int32Array | Uint8Array): Buffer =>
      Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    if (!bytes(sampled).equals(bytes(want))) this.fail(key, 'differs bit for bit');
    else if (sha256(got).slice(0, 16) !== this.golden.tensors[key].sha256)
      this.fail(key, 'differs between samples');
  }

  /** `|got - want| <= 8 * d64 + 4e-6 * max(max, 0.05)`, elementwise. */
  close(key: string, got: Float32Array | undefined): void {
    if (!this.expects(key, got)) return;
    const { d64 = 0, max = 0 } = this.golden.tensors[key];
    const allowed = 8 * d64 + ROUNDING * Math.max(max, LEAST_SCALE);
    const sampled = this.sample(key, got);
    let error = 0;
    for (const [i, want] of this.golden.stored(key).entries()) {
      const distance = Object.is(want, sampled[i]) ? 0 : Math.abs(want - sampled[i]);
      error = Math.max(error, Number.isNaN(distance) ? Infinity : distance);
    }
    this.worst = Math.max(this.worst, error / allowed);
    if (error > allowed)
      this.fail(key, `off by ${error.toExponential(2)}, allowed ${allowed.toExponential(2)}`);
  }

  /** A number of the description itself. */
  same(name: string, got: unknown, want: unknown): void {
    if (got !== want) this.fail(name, `is ${got}, not ${want}`);
  }

  /** Every recorded tensor must have been compared: what was left out counts against the case. */
  finish(): void {
    for (const key of Object.keys(this.golden.tensors))
      if (!this.seen.has(key)) this.fail(key, 'was not computed');
  }

  private expects<T extends ArrayLike<number>>(key: string, got: T | undefined): got is T {
    this.seen.add(key);
    const entry = this.golden.tensors[key];
    if (!entry) {
      if (got) this.fail(key, 'was computed, but PyTorch had none');
      return false;
    }
    const size = entry.shape.reduce((n, d) => n * d, 1);
    if (got?.length === size) return true;
    this.fail(key, got ? `has ${got.length} values, not ${size}` : 'was not computed');
    return false;
  }

  private sample<T extends Float32Array | Int32Array | Uint8Array>(key: string, got: T): T {
    const { stride } = this.golden.tensors[key];
    return stride ? (got.filter((_, i) => i % stride === 0) as T) : got;
  }

  private fail(key: string, what: string): void {
    this.differences.push(`${key} ${what}`);
  }
}

export function sha256(...parts: readonly (Float32Array | Int32Array | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  return hash.digest('hex');
}
