/** What a tensor says of its place in a graph (torch/csrc/autograd/python_variable.cpp; torch/_tensor.py). */
import { type DType, dtypes, isDifferentiable } from '../dtype';
import { PythonError } from '../errors';
import { cTypeName } from '../python/type-name';
import type { PyValue } from '../python/values';
import { Tensor } from '../tensor';
import { userWarning, type Warn } from '../warnings';
import type { GradMode } from './grad-mode';

/** `tensor.is_leaf` */
export function isLeaf(tensor: Tensor): boolean {
  return tensor.gradFn === null;
}

/** `tensor.requires_grad = value`. Raises RuntimeError. */
export function setRequiresGrad(tensor: Tensor, value: PyValue, mode: GradMode): void {
  if (typeof value !== 'boolean') throw runtimeError('requires_grad must be a bool');
  if (!isLeaf(tensor)) {
    throw runtimeError(
      value ? 'you can only change requires_grad flags of leaf variables.' : CHANGES_COMPUTED,
    );
  }
  checkInference(tensor, value, mode);
  if (value && !isDifferentiable(tensor.dtype))
    throw runtimeError('only Tensors of floating point and complex dtype can require gradients');
  tensor.requiresGrad = value;
}

/** `tensor.requires_grad_(value)`. Raises RuntimeError. */
export function requiresGradInPlace(tensor: Tensor, value: boolean, mode: GradMode): Tensor {
  if (!isLeaf(tensor)) {
    if (value) return tensor;
    throw runtimeError(CHANGES_COMPUTED);
  }
  checkInference(tensor, value, mode);
  if (value && !isDifferentiable(tensor.dtype))
    throw runtimeError('only Tensors of floating point dtype can require gradients');
  tensor.requiresGrad = value;
  return tensor;
}

/** `requires_grad=True` of a tensor that is made. Raises RuntimeError. */
export function checkDifferentiable(dtype: DType): void {
  if (!isDifferentiable(dtype))
    throw runtimeError('Only Tensors of floating point and complex dtype can require gradients');
}

/** `tensor.grad`; warns of a tensor that will never have one. */
export function gradOf(tensor: Tensor, warn: Warn): Tensor | null {
  if (!isLeaf(tensor)) warn(userWarning(GRAD_OF_NON_LEAF));
  return tensor.grad;
}

/** `tensor.grad = value`. Raises TypeError for what is no tensor, RuntimeError for one that does not fit. */
export function setGrad(tensor: Tensor, value: PyValue): void {
  if (value !== null && !(value instanceof Tensor)) {
    throw new PythonError(
      'TypeError',
      `assigned grad expected to be a Tensor or None but got grad of type ${cTypeName(value)}`,
    );
  }
  if (value && value.dtype !== tensor.dtype) throw runtimeError(wrongGradType(value, tensor));
  if (value && value.shape.join() !== tensor.shape.join()) {
    throw runtimeError(
      `attempting to assign a gradient of size '[${value.shape.join(', ')}]' to a tensor of size ` +
        `'[${tensor.shape.join(', ')}]'. Please ensure that the gradient and the tensor are the same size`,
    );
  }
  tensor.grad = value;
}

/** `tensor._version`. Raises RuntimeError for an inference tensor. */
export function versionOf(tensor: Tensor): number {
  if (tensor.inference) throw runtimeError('Inference tensors do not track version counter.');
  return tensor.version.count;
}

/** `copy.deepcopy(tensor)` of what was computed raises RuntimeError (torch/_tensor.py, __deepcopy__). */
export function checkDeepcopy(tensor: Tensor): void {
  if (isLeaf(tensor)) return;
  throw runtimeError(
    'Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  If you were ' +
      'attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, see ' +
      'https://github.com/pytorch/pytorch/pull/103001',
  );
}

function checkInference(tensor: Tensor, value: boolean, mode: GradMode): void {
  if (value && tensor.inference && !mode.inference)
    throw runtimeError(
      'Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.',
    );
}

function wrongGradType(grad: Tensor, tensor: Tensor): string {
  return (
    `attempting to assign a gradient with dtype '${dtypes[grad.dtype].cppType}' to a tensor with grad_dtype ` +
    `'${dtypes[tensor.dtype].scalarType}'. The gradient must match the tensor's grad_dtype (defaults to the tensor's ` +
    "dtype). You can set the tensor's grad_dtype attribute with a specific dtype, or None to allow any dtype. Set " +
    'grad_dtype with caution. Diverging the dtypes of a tensor and its gradient may break downstream systems that assume ' +
    'they match.'
  );
}

function runtimeError(message: string): PythonError {
  return new PythonError('RuntimeError', message);
}

const CHANGES_COMPUTED =
  'you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that ' +
  "doesn't require differentiation use var_no_grad = var.detach().";

const GRAD_OF_NON_LEAF =
  'The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute ' +
  "won't be populated during autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf " +
  'Tensor, use .retain_grad() on the non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access ' +
  'the leaf Tensor instead. See github.com/pytorch/pytorch/pull/30531 for more information. (Triggered internally at ' +
  '/__w/pytorch/pytorch/build/aten/src/ATen/core/TensorBody.h:493.)';
