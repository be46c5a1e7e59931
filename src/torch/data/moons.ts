/**
 * Two half circles that a line cannot part: 256 points, 2 features, 2 classes.
 * The points are the ones PyTorch 2.13 gives for `moonsCode` (scripts/fixtures/make_data.py), stored because sine and
 * cosine may differ in the last bit between machines.
 */
import moons from './moons.json';

export interface Dataset {
  /** (n, features), row-major. */
  readonly x: Float32Array;
  readonly y: readonly number[];
  readonly n: number;
  readonly features: number;
  readonly classes: number;
}

export const twoMoons: Dataset = {
  x: Float32Array.from(moons.x.flat()),
  y: moons.y,
  n: moons.y.length,
  features: 2,
  classes: 2,
};

/** The code that prints these points. */
export const moonsCode = `def two_moons(n=256, noise=0.3, seed=0):
    g = torch.Generator().manual_seed(seed)
    t = torch.rand(n // 2, generator=g) * torch.pi
    outer = torch.stack([t.cos(), t.sin()], dim=1)
    inner = torch.stack([1 - t.cos(), 0.5 - t.sin()], dim=1)
    x = torch.cat([outer, inner]) + noise * (2 * torch.rand(n, 2, generator=g) - 1)
    y = torch.arange(n) // (n // 2)
    order = torch.randperm(n, generator=g)
    return x[order], y[order]

x, y = two_moons()`;

/** Rows `indices` of a dataset: (indices.length, features). */
export function rowsOf(data: Dataset, indices: readonly number[]): Float32Array {
  const out = new Float32Array(indices.length * data.features);
  for (const [i, row] of indices.entries()) {
    out.set(data.x.subarray(row * data.features, (row + 1) * data.features), i * data.features);
  }
  return out;
}
