/** Other shapes of the same elements, and sums over axes (ATen/InferSize.h; ATen/native/TensorShape.cpp, ReduceOps.cpp). */
import { type DType, dtypes, isDifferentiable } from '../dtype';
import { PythonError } from '../errors';
import { axisIn } from '../nn/axis';
import { numelOf, type Shape, type Tensor } from '../tensor';

/** Sizes of `tensor.view(sizes)`, one of which may be -1. Raises RuntimeError where the elements do not fill them. */
export function inferSize(sizes: Shape, numel: number): Shape {
  if (sizes.filter((size) => size === -1).length > 1)
    throw runtimeError('only one dimension can be inferred');
  const invalid = sizes.findIndex((size) => size < -1);
  if (invalid >= 0) {
    throw runtimeError(
      `invalid shape dimension ${sizes[invalid]} at index ${invalid} of shape [${sizes.join(', ')}]`,
    );
  }
  const known = numelOf(sizes.filter((size) => size !== -1));
  if (known === 0 && sizes.includes(-1)) {
    throw runtimeError(
      `cannot reshape tensor of 0 elements into shape [${sizes.join(', ')}] because the unspecified dimension size -1 ` +
        'can be any value and is ambiguous',
    );
  }
  const inferred = sizes.map((size) => (size === -1 ? numel / known : size));
  if (numelOf(inferred) === numel && inferred.every((size) => Number.isInteger(size) && size >= 0))
    return inferred;
  throw runtimeError(`shape '[${sizes.join(', ')}]' is invalid for input of size ${numel}`);
}

/** `tensor.view` needs rows that stand one after the other. Raises RuntimeError. */
export function checkViewable(tensor: Tensor): void {
  if (tensor.isContiguous) return;
  throw runtimeError(
    "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous " +
      'subspaces). Use .reshape(...) instead.',
  );
}

/** `tensor.t()`. Raises RuntimeError for more than two axes. */
export function transposed({ shape }: Tensor): Shape {
  if (shape.length <= 2) return [...shape].reverse();
  throw runtimeError(`t() expects a tensor with <= 2 dimensions, but self is ${shape.length}D`);
}

/** The axes of `dim=`, from 0 and ascending; all where none is named. Raises IndexError for one that is not there. */
export function reducedAxes(dims: readonly number[], { shape }: Tensor): number[] {
  if (dims.length === 0) return shape.map((_, axis) => axis);
  return dims.map((dim) => axisIn(dim, shape.length)).sort((a, b) => a - b);
}

/** Integers and bools add up as int64. */
export function sumDtype(dtype: DType): DType {
  return dtypes[dtype].kind === 'int' || dtypes[dtype].kind === 'bool' ? 'int64' : dtype;
}

/** Raises RuntimeError for a mean of integers. */
export function checkMean(dtype: DType): void {
  if (isDifferentiable(dtype)) return;
  throw runtimeError(
    'mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. ' +
      `Got: ${dtypes[dtype].scalarType}`,
  );
}

function runtimeError(message: string): PythonError {
  return new PythonError('RuntimeError', message);
}
