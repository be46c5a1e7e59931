/** One number out of a tensor: `item()`, `float(x)`, `bool(x)` (torch/csrc/autograd/python_variable_methods.cpp). */
import { elementsOf } from '../elements';
import { PythonError } from '../errors';
import { PyFloat, type PyValue } from '../python/values';
import type { Tensor } from '../tensor';
import { userWarning, type Warn } from '../warnings';

/** `tensor.item()`. Raises RuntimeError unless it has one element, with a value. */
export function item(tensor: Tensor): PyValue {
  if (tensor.numel !== 1)
    throw runtimeError(`a Tensor with ${tensor.numel} elements cannot be converted to Scalar`);
  if (tensor.isMeta) throw runtimeError('Tensor.item() cannot be called on meta tensors');
  return pythonNumber(tensor, elementsOf(tensor)[0]);
}

/** `tensor.tolist()`: nested lists, of a scalar its number. */
export function toList(tensor: Tensor): PyValue {
  if (tensor.isMeta) throw new PythonError('NotImplementedError', 'Cannot copy out of meta tensor; no data!');
  let items: PyValue[] = elementsOf(tensor).map((element) => pythonNumber(tensor, element));
  for (const size of [...tensor.shape].reverse()) {
    items = Array.from({ length: items.length / size }, (_, i) => items.slice(i * size, (i + 1) * size));
  }
  return items[0];
}

/** An element as `item` and `tolist` give it. */
function pythonNumber({ dtype }: Tensor, element: number | bigint): PyValue {
  if (dtype === 'bool') return element !== 0;
  if (dtype.includes('float')) return new PyFloat(Number(element));
  return Number.isSafeInteger(Number(element)) ? Number(element) : element;
}

/** `bool(tensor)` */
export function toBool(tensor: Tensor): boolean {
  if (tensor.numel === 0) throw runtimeError('Boolean value of Tensor with no values is ambiguous');
  if (tensor.numel > 1) throw runtimeError('Boolean value of Tensor with more than one value is ambiguous');
  item(tensor);
  return Number(elementsOf(tensor)[0]) !== 0;
}

/** `float(tensor)`. Raises ValueError unless it has one element; warns of one that requires grad. */
export function toFloat(tensor: Tensor, warn: Warn): PyFloat {
  checkOneElement(tensor);
  if (tensor.requiresGrad) warn(userWarning(CONVERTS_GRAD));
  item(tensor);
  return new PyFloat(Number(elementsOf(tensor)[0]));
}

/** `int(tensor)` */
export function toInt(tensor: Tensor): number {
  checkOneElement(tensor);
  item(tensor);
  return Math.trunc(Number(elementsOf(tensor)[0]));
}

/** `len(tensor)`. Raises TypeError for a scalar. */
export function length({ shape }: Tensor): number {
  if (shape.length === 0) throw new PythonError('TypeError', 'len() of a 0-d tensor');
  return shape[0];
}

/** `tensor.numpy()`. Raises RuntimeError where a gradient would be lost, TypeError off the CPU. */
export function checkNumpy(tensor: Tensor): void {
  const { location } = tensor.storage;
  if (location !== 'cpu') {
    throw new PythonError(
      'TypeError',
      `can't convert ${location} device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first.`,
    );
  }
  if (tensor.requiresGrad) {
    throw runtimeError(
      "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
    );
  }
}

function checkOneElement(tensor: Tensor): void {
  if (tensor.numel === 1) return;
  throw new PythonError('ValueError', 'only one element tensors can be converted to Python scalars');
}

function runtimeError(message: string): PythonError {
  return new PythonError('RuntimeError', message);
}

const CONVERTS_GRAD =
  'Converting a tensor with requires_grad=True to a scalar may lead to unexpected behavior.\nConsider using ' +
  'tensor.detach() first. (Triggered internally at ' +
  '/__w/pytorch/pytorch/torch/csrc/autograd/generated/python_variable_methods.cpp:822.)';
