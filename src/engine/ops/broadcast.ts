/** NumPy's broadcasting, forward (shapes, element indices) and backward (summing a gradient to a smaller shape). */
import { numelOf, type Shape } from '../../torch/tensor';
import type { GraphBuilder } from '../graph/builder';
import { sameShape, type ValueId } from '../graph/graph';

/** Shape that two shapes broadcast to. Throws where they do not fit. */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const da = a[axis - rank + a.length] ?? 1;
    const db = b[axis - rank + b.length] ?? 1;
    if (da !== db && da !== 1 && db !== 1) throw new Error(`[${a}] and [${b}] do not broadcast`);
    return da === 1 ? db : da;
  });
}

/** For each element of `to`, row-major, the index of the element of `from` that stands there. */
export function broadcastIndex(from: Shape, to: Shape): Int32Array {
  const padded = [...new Array<number>(to.length - from.length).fill(1), ...from];
  const index = new Int32Array(numelOf(to));
  const at = new Array<number>(to.length).fill(0);
  for (let i = 0; i < index.length; i++) {
    let element = 0;
    for (let axis = 0; axis < to.length; axis++)
      element = element * padded[axis] + (padded[axis] === 1 ? 0 : at[axis]);
    index[i] = element;
    for (let axis = to.length - 1; axis >= 0 && ++at[axis] === to[axis]; axis--) at[axis] = 0;
  }
  return index;
}

/**
 * The gradient of a value that was broadcast from `target` to `full`: sums over what broadcasting repeated.
 * A gradient whose own shape still broadcasts to `full` is not expanded first: n equal terms are one term times n.
 */
export function sumTo(builder: GraphBuilder, grad: ValueId, full: Shape, target: Shape): ValueId {
  const shape = builder.shapeOf(grad);
  const added = full.length - target.length;
  const axes: number[] = [];
  let repeats = 1;
  for (const [axis, d] of full.entries()) {
    if (d === 1 || (target[axis - added] ?? 1) !== 1) continue;
    const own = axis - full.length + shape.length;
    if ((shape[own] ?? 1) === d) axes.push(own);
    else repeats *= d;
  }
  const fitted = reduceInto(builder, grad, axes, Math.max(0, shape.length - target.length));
  return builder.mul(fitted, builder.scalar(repeats));
}

/** Sums over `axes` and drops the first `extra` axes, which are of size 1 by then; one node where they are the same. */
function reduceInto(builder: GraphBuilder, grad: ValueId, axes: readonly number[], extra: number): ValueId {
  if (axes.length === extra && axes.every((axis) => axis < extra)) {
    return extra > 0 ? builder.reduceSum(grad, axes, false) : grad;
  }
  const summed = axes.length > 0 ? builder.reduceSum(grad, axes, true) : grad;
  return builder.reshape(summed, builder.shapeOf(summed).slice(extra));
}

/** The gradient in exactly this shape. */
export function expandTo(builder: GraphBuilder, grad: ValueId, shape: Shape): ValueId {
  return sameShape(builder.shapeOf(grad), shape) ? grad : builder.expand(grad, shape);
}
