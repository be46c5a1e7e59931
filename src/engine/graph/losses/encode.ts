/** A target that the graph takes as it is: its numbers in float32, in its own shape. */
import type { DType } from '../../../torch/dtype';
import type { Loss } from '../../../torch/nn/loss';
import { numelOf, type Shape, type Tensor } from '../../../torch/tensor';
import { asFloat32 } from '../../tensors';
import type { EncodedTarget } from './rule';

export function encodeValues(loss: Loss, output: Shape, target: Tensor, dtype?: DType): EncodedTarget {
  loss.checkTarget(output, target, dtype);
  const empty = loss.reduction === 'mean' && Math.min(numelOf(output), target.numel) === 0;
  return { shape: target.shape, values: asFloat32(target), empty };
}
