/** Tensors from sizes and numbers: `torch.zeros`, `torch.ones`, `torch.tensor` (torch/csrc/utils/tensor_new.cpp). */
import { checkDifferentiable } from './autograd/leaf';
import { checkAvailable, deviceOf, isDevice, isNameOnly, locationOf, toDevice } from './device';
import type { DType } from './dtype';
import { NotBuilt, PythonError } from './errors';
import { argumentError, checkBoolArgument, isPlainInt, sequenceOf } from './python/arguments';
import { cTypeName, shortTypeName } from './python/type-name';
import { isNumber, PyDevice, PyDType, PyFloat, type PyValue, toNumber } from './python/values';
import { uniform } from './random/distributions';
import type { Generator } from './random/generator';
import { normal } from './random/normal';
import { sizesOf } from './sizes';
import { numelOf, type Shape, Tensor } from './tensor';
import { cast } from './to';

export type Keywords = ReadonlyMap<string, PyValue>;

/** `torch.zeros(*size)`, `torch.ones(*size)`: `fn` is the name it goes by. */
export function filledTensor(
  fn: string,
  value: number,
  args: readonly PyValue[],
  keywords: Keywords,
): Tensor {
  const shape = sizeArgument(fn, args, keywords);
  checkKeywords(fn, keywords, 'size');
  const data = new Float32Array(numelOf(shape)).fill(value);
  return withOptions(fn, Tensor.float32(data, shape), keywords);
}

/** `torch.rand(*size)`, `torch.randn(*size)`: drawn from the uniform or the normal distribution. */
export function drawnTensor(
  fn: 'rand' | 'randn',
  args: readonly PyValue[],
  keywords: Keywords,
  generator: Generator,
): Tensor {
  const shape = sizeArgument(fn, args, keywords);
  checkKeywords(fn, keywords, 'size', 'generator');
  const device = deviceArgument(fn, keywords.get('device') ?? null);
  if (device.type !== 'cpu') checkAvailable(device);
  const n = numelOf(shape);
  const data = fn === 'rand' ? uniform(generator, n, 0, 1) : normal(generator, n);
  return withOptions(fn, Tensor.float32(data, shape), keywords);
}

/** `torch.tensor(data)`: bool, int64 or float32 by what stands in it. */
export function tensorOf(args: readonly PyValue[], keywords: Keywords): Tensor {
  if (args.length > 1)
    throw new PythonError('TypeError', `tensor() takes 1 positional argument but ${args.length} were given`);
  if (args.length === 0 && !keywords.has('data'))
    throw new PythonError('TypeError', 'tensor() missing 1 required positional arguments: "data"');
  const data = args[0] ?? keywords.get('data') ?? null;
  checkKeywords('tensor', keywords, 'data');
  const shape = shapeOf(data);
  const flat = flattened(data, shape);
  const numbers = flat.map(toNumber);
  const isFloat = flat.length === 0 || flat.some((value) => value instanceof PyFloat);
  const isBool = !isFloat && flat.every((value) => typeof value === 'boolean');
  const tensor = isFloat ? Tensor.float32(numbers, shape) : Tensor.int64(numbers, shape);
  return withOptions('tensor', isBool ? cast(tensor, 'bool') : tensor, keywords);
}

/** `fn(2, 3)`, `fn((2, 3))` or `fn(size=(2, 3))`. Raises TypeError. */
function sizeArgument(fn: string, args: readonly PyValue[], keywords: Keywords): Shape {
  const [first] = args;
  const given = keywords.get('size');
  if (args.length === 0 && given !== undefined) {
    if (!sequenceOf(given)) throw argumentError(fn, 'size', null, 'tuple of ints', given);
    return sizesOf(fn, [given]);
  }
  if (given !== undefined)
    throw new PythonError('TypeError', `${fn}() got multiple values for argument 'size'`);
  const fits = args.length === 1 || (args.length > 1 && isPlainInt(first));
  if (fits) return sizesOf(fn, args);
  // Two signatures, and a message that lists them with all of their options.
  if (fn === 'rand' || fn === 'randn') throw new NotBuilt(`the signatures of ${fn}`);
  throw new PythonError(
    'TypeError',
    args.length === 0
      ? `${fn}() missing 1 required positional arguments: "size"`
      : `${fn}() takes 1 positional argument but ${args.length} were given`,
  );
}

/** The sizes of nested sequences, read off the first of each. */
function shapeOf(data: PyValue): number[] {
  const items = sequenceOf(data);
  if (!items) return [];
  return items.length === 0 ? [0] : [items.length, ...shapeOf(items[0])];
}

/** Raises ValueError or TypeError where a row is not like the first. */
function flattened(data: PyValue, shape: readonly number[], depth = 0): PyValue[] {
  const items = sequenceOf(data);
  if (depth === shape.length) return [numberOf(data, depth)];
  if (!items) throw new PythonError('TypeError', 'not a sequence');
  if (items.length !== shape[depth]) {
    throw new PythonError(
      'ValueError',
      `expected sequence of length ${shape[depth]} at dim ${depth} (got ${items.length})`,
    );
  }
  return items.flatMap((inner) => flattened(inner, shape, depth + 1));
}

function numberOf(value: PyValue, depth: number): PyValue {
  if (isNumber(value)) return value;
  if (value instanceof Tensor) throw new NotBuilt('a tensor made of tensors');
  if (typeof value === 'string') throw new PythonError('TypeError', "new(): invalid data type 'str'");
  if (depth > 0 && sequenceOf(value))
    throw new PythonError(
      'TypeError',
      `'${shortTypeName(value)}' object cannot be interpreted as an integer`,
    );
  throw new PythonError('RuntimeError', `Could not infer dtype of ${cTypeName(value)}`);
}

function checkKeywords(fn: string, keywords: Keywords, ...others: readonly string[]): void {
  for (const name of keywords.keys()) {
    if (['dtype', 'device', 'requires_grad', ...others].includes(name)) continue;
    throw new PythonError('TypeError', `${fn}() got an unexpected keyword argument '${name}'`);
  }
}

function withOptions(fn: string, tensor: Tensor, keywords: Keywords): Tensor {
  const dtype = keywords.get('dtype') ?? null;
  if (dtype !== null && !(dtype instanceof PyDType))
    throw argumentError(fn, 'dtype', null, 'torch.dtype', dtype);
  const requiresGrad = keywords.get('requires_grad') ?? false;
  checkBoolArgument(fn, 'requires_grad', null, requiresGrad);
  const device = deviceArgument(fn, keywords.get('device') ?? null);
  // The dispatcher refuses those, with a list of all it has.
  if (isNameOnly(device)) throw new NotBuilt(`memory on ${device.type}`);
  checkAvailable(device);
  const typed = dtype && dtype.dtype !== tensor.dtype ? cast(tensor, dtype.dtype as DType) : tensor;
  const placed = locationOf(device) === 'cpu' ? typed : toDevice(typed, device);
  if (requiresGrad) checkDifferentiable(placed.dtype);
  placed.requiresGrad = Boolean(requiresGrad);
  return placed;
}

/** The device of a `device=`; without one, the CPU. */
export function deviceArgument(fn: string, value: PyValue): PyDevice {
  if (value === null) return new PyDevice('cpu');
  if (!isDevice(value)) throw argumentError(fn, 'device', null, 'torch.device', value);
  return deviceOf(value);
}
