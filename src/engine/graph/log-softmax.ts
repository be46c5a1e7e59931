/** Logarithm of softmax along an axis, without the overflow of exp. */
import type { GraphBuilder } from './builder';
import type { ValueId } from './graph';

export function lowerLogSoftmax(builder: GraphBuilder, x: ValueId, axis: number): ValueId {
  // The largest only keeps exp from overflowing: the result does not depend on it, so neither does a gradient.
  const shifted = builder.sub(x, builder.detach(builder.reduceMax(x, [axis], true)));
  return builder.sub(shifted, builder.log(builder.reduceSum(builder.exp(shifted), [axis], true)));
}
