/**
 * Where draws land in a tensor that is not row-major: `empty_like` keeps the order in which the input lies in memory, and
 * `bernoulli_` fills memory from front to back. So the mask of a transposed input is another one than that of its copy.
 */
import type { Shape } from '../tensor';

/** -1 where axis a lies inside axis b, 1 the other way round, 0 where the strides do not say. */
function compareAxes(shape: Shape, stride: Shape, a: number, b: number): number {
  if (stride[a] === 0 || stride[b] === 0) return 0;
  if (stride[a] !== stride[b]) return stride[a] < stride[b] ? -1 : 1;
  return shape[a] > shape[b] ? 1 : 0;
}

/**
 * `torch.empty_like(input).stride()`, but for axes of one element, where it means nothing: dense, in the input's order of axes; an expanded axis (stride 0) stays where it is
 * (ATen/ExpandUtils.cpp, infer_dense_strides).
 */
export function denseStride(shape: Shape, stride: Shape): number[] {
  const inner = shape.map((_, i) => shape.length - 1 - i);
  for (let i = 1; i < inner.length; i++) {
    let at = i;
    for (let j = i - 1; j >= 0; j--) {
      const order = compareAxes(shape, stride, inner[j], inner[at]);
      if (order < 0) break;
      if (order === 0) continue;
      [inner[j], inner[at]] = [inner[at], inner[j]];
      at = j;
    }
  }
  const dense = new Array<number>(shape.length);
  let step = 1;
  for (const axis of inner) {
    dense[axis] = step;
    step *= Math.max(shape[axis], 1);
  }
  return dense;
}

/** Values drawn along memory, given back row-major for an input of this shape and stride. */
export function fromMemoryOrder(drawn: Uint8Array, shape: Shape, stride: Shape): Uint8Array {
  const dense = denseStride(shape, stride);
  const index = new Array<number>(shape.length).fill(0);
  return drawn.map(() => {
    const at = index.reduce((sum, i, axis) => sum + i * dense[axis], 0);
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0;
    return drawn[at];
  });
}
