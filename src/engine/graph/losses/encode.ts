/** A target that the graph takes as it is: its numbers in float32, in its own shape. */
import { elementsOf } from '../../../torch/elements';
import type { Loss } from '../../../torch/nn/loss';
import { numelOf, type Shape, type Tensor } from '../../../torch/tensor';
import { readFloat32 } from '../../tensors';
import type { EncodedTarget } from './rule';

export function encodeValues(loss: Loss, output: Shape, target: Tensor): EncodedTarget {
  loss.checkTarget(output, target);
  const values =
    target.dtype === 'float32' ? readFloat32(target) : Float32Array.from(elementsOf(target), Number);
  const empty = loss.reduction === 'mean' && Math.min(numelOf(output), target.numel) === 0;
  return { shape: target.shape, values, empty };
}
