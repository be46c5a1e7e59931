/** Between PyTorch's tensors, which are views on shared bytes, and the row-major float32 values a graph is fed. */
import { dtypes } from '../torch/dtype';
import { elementsOf } from '../torch/elements';
import { NotBuilt } from '../torch/errors';
import type { Shape, Tensor } from '../torch/tensor';

/** Row-major float32 values with their shape. */
export interface NdArray {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** Values of a float32 tensor, row-major: live where the memory allows it, a copy otherwise. */
export function readFloat32(tensor: Tensor): Float32Array {
  if (tensor.dtype !== 'float32') {
    throw new NotBuilt(`the engine computes in float32, not ${dtypes[tensor.dtype].scalarType}`);
  }
  return isLive(tensor) ? tensor.float32Data() : new Float32Array(tensor.contiguousBytes().slice().buffer);
}

/** Values of any tensor, rounded to float32 where it is of another dtype. */
export function asFloat32(tensor: Tensor): Float32Array {
  return tensor.dtype === 'float32' ? readFloat32(tensor) : Float32Array.from(elementsOf(tensor), Number);
}

/** Writes row-major values into a float32 tensor, whatever its strides. */
export function writeFloat32(tensor: Tensor, values: Float32Array): void {
  if (isLive(tensor)) {
    tensor.float32Data().set(values);
    return;
  }
  const { bytes } = tensor.storage;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = new Array<number>(tensor.shape.length).fill(0);
  for (const value of values) {
    const element = at.reduce((sum, index, axis) => sum + index * tensor.stride[axis], tensor.offset);
    view.setFloat32(element * 4, value, true);
    for (let axis = at.length - 1; axis >= 0 && ++at[axis] === tensor.shape[axis]; axis--) at[axis] = 0;
  }
}

/** Whether a Float32Array can lie on the tensor's own bytes. */
function isLive(tensor: Tensor): boolean {
  return tensor.isContiguous && (tensor.storage.bytes.byteOffset + tensor.offset * 4) % 4 === 0;
}
