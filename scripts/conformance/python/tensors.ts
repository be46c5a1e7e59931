/** Literal tensors of a case: `zeros`, `ones`, `tensor`, and their casts. */
import type { DType } from '../../../src/torch/dtype';
import { castBytes, elementsOf } from '../../../src/torch/elements';
import { PyDType, PyFloat, PySize, type PyValue, toNumber } from '../../../src/torch/python/values';
import { numelOf, Storage, Tensor } from '../../../src/torch/tensor';
import { NotExpressible } from './syntax';
import { asPy, type Call } from './values';

/** `torch.full(shape, value)`; `zeros(2, 3)` and `zeros((2, 3))` alike. */
export function filledTensor({ args, kwargs }: Call, value: number): Tensor {
  for (const name of kwargs.keys()) {
    if (name !== 'dtype' && name !== 'requires_grad') throw new NotExpressible(`a tensor with ${name}=`);
  }
  const shape = args.map((size) => {
    if (typeof size !== 'number') throw new NotExpressible('a shape that is no list of ints');
    return size;
  });
  const data = Tensor.float32(new Float32Array(numelOf(shape)).fill(value), shape);
  return withOptions(data, kwargs.get('dtype') as PyValue, Boolean(kwargs.get('requires_grad')));
}

/** `torch.tensor(data)`: bool, int64 or float32 by what stands in it. */
export function tensorOf({ args, kwargs }: Call): Tensor {
  const shape: number[] = [];
  const flat: PyValue[] = [];
  const walk = (value: PyValue, depth: number): void => {
    if (!Array.isArray(value)) {
      flat.push(value);
      return;
    }
    shape[depth] ??= value.length;
    for (const item of value) walk(item, depth + 1);
  };
  walk(asPy(args[0]), 0);
  const isFloat = flat.some((value) => value instanceof PyFloat);
  const isBool = flat.length > 0 && flat.every((value) => typeof value === 'boolean');
  const numbers = flat.map(toNumber);
  const data = isFloat || flat.length === 0 ? Tensor.float32(numbers, shape) : Tensor.int64(numbers, shape);
  const typed = isBool ? cast(data, 'bool') : data;
  return withOptions(typed, kwargs.get('dtype') as PyValue, Boolean(kwargs.get('requires_grad')));
}

function withOptions(tensor: Tensor, dtype: PyValue | undefined, requiresGrad: boolean): Tensor {
  const typed = dtype instanceof PyDType ? cast(tensor, dtype.dtype as DType) : tensor;
  if (requiresGrad && typed.dtype !== 'float32') throw new NotExpressible('a gradient of this dtype');
  typed.requiresGrad = requiresGrad;
  return typed;
}

/** `tensor.to(dtype)` */
export function cast(tensor: Tensor, dtype: DType): Tensor {
  return new Tensor(new Storage(dtype, castBytes(tensor, dtype)), tensor.shape);
}

export function scaled(tensor: Tensor, factor: PyValue): Tensor {
  if (tensor.dtype !== 'float32') throw new NotExpressible('scaling this dtype');
  return Tensor.float32(
    tensor.float32Data().map((x) => x * toNumber(factor)),
    tensor.shape,
  );
}

/** `tensor.tolist()`; of a scalar `tensor.item()`. */
export function listOf(tensor: Tensor): PyValue {
  const isFloat = tensor.dtype.includes('float');
  const flat = elementsOf(tensor).map((x): PyValue => (isFloat ? new PyFloat(Number(x)) : x));
  let items: PyValue[] = flat;
  for (const size of [...tensor.shape].reverse()) {
    items = Array.from({ length: items.length / size }, (_, i) => items.slice(i * size, (i + 1) * size));
  }
  return items[0];
}

export function sizeOf(tensor: Tensor): PySize {
  return new PySize(tensor.shape);
}
