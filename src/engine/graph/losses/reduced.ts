/** The end of a loss made of one number an element: mean, sum, or none. */
import type { Loss } from '../../../torch/nn/loss';
import type { GraphBuilder } from '../builder';
import type { ValueId } from '../graph';

export function reduced(loss: Loss, losses: ValueId, builder: GraphBuilder): ValueId {
  const axes = builder.shapeOf(losses).map((_, axis) => axis);
  if (loss.reduction === 'none' || axes.length === 0) return losses;
  return loss.reduction === 'mean' ? builder.reduceMean(losses, axes) : builder.reduceSum(losses, axes);
}
