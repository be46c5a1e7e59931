/** Points or images with their classes, as the page and its exports hold them. */
import { numelOf, type Shape } from '../tensor';

export interface Dataset {
  /** (n, ...shape), row-major. */
  readonly x: Float32Array;
  /** Class of each row. */
  readonly y: readonly number[];
  readonly n: number;
  /** Of one row. */
  readonly shape: Shape;
  /** Numbers in one row. */
  readonly features: number;
  readonly classes: number;
}

/** `x` holds the rows one after the other; the classes are 0 to the largest of `y`. */
export function datasetOf(x: Float32Array, y: readonly number[], shape: Shape): Dataset {
  return { x, y, n: y.length, shape, features: numelOf(shape), classes: Math.max(...y) + 1 };
}

/** Rows `indices` of a dataset: (indices.length, ...shape). */
export function rowsOf(data: Dataset, indices: readonly number[]): Float32Array {
  const out = new Float32Array(indices.length * data.features);
  for (const [i, row] of indices.entries()) {
    out.set(data.x.subarray(row * data.features, (row + 1) * data.features), i * data.features);
  }
  return out;
}
