/** `tensor.to(...)`: another device, another dtype (torch/csrc/autograd/python_variable_methods.cpp; ATen/native/TensorConversions.cpp). */
import { deviceOf, isDevice, toDevice } from './device';
import type { DType } from './dtype';
import { castBytes } from './elements';
import { NotBuilt, PythonError } from './errors';
import { cTypeName } from './python/type-name';
import { PyDevice, PyDType, type PyValue } from './python/values';
import { Storage, Tensor } from './tensor';

/** Where to, `null` for what stays as it is. */
export interface Destination {
  readonly device: PyDevice | null;
  readonly dtype: DType | null;
}

/** Arguments of `to`: `(device, dtype)`, `(dtype)` or `(other)`, by position or by name. Raises TypeError for others. */
export function destinationOf(args: readonly PyValue[], kwargs: ReadonlyMap<string, PyValue>): Destination {
  const [first = kwargs.get('device') ?? null, second = null] = args;
  const dtype = kwargs.get('dtype') ?? (first instanceof PyDType ? first : second);
  if (first instanceof Tensor) return { device: new PyDevice(first.storage.location), dtype: first.dtype };
  if (first !== null && !isDevice(first) && !(first instanceof PyDType)) throw fitsNothing(args);
  if (dtype !== null && !(dtype instanceof PyDType)) throw fitsNothing(args);
  return {
    device: first !== null && isDevice(first) ? deviceOf(first) : null,
    dtype: dtype === null ? null : (dtype.dtype as DType),
  };
}

function fitsNothing(args: readonly PyValue[]): Error {
  // A lone float is taken, and means float64.
  if (args.some((arg) => cTypeName(arg) === 'float')) return new NotBuilt('to(float)');
  return new PythonError(
    'TypeError',
    `to() received an invalid combination of arguments - got (${args.map(cTypeName).join(', ')}), but expected one of:
 * (torch.device device = None, torch.dtype dtype = None, bool non_blocking = False, bool copy = False, *, torch.memory_format memory_format = None)
 * (torch.dtype dtype, bool non_blocking = False, bool copy = False, *, torch.memory_format memory_format = None)
 * (Tensor tensor, bool non_blocking = False, bool copy = False, *, torch.memory_format memory_format = None)
`,
  );
}

/** The tensor there: the same object where nothing changes, a copy otherwise, without its history. */
export function tensorTo(tensor: Tensor, { device, dtype }: Destination): Tensor {
  const moved = device ? toDevice(tensor, device) : tensor;
  return dtype && dtype !== moved.dtype ? cast(moved, dtype) : moved;
}

/** `tensor.to(dtype)`, a copy. */
export function cast(tensor: Tensor, dtype: DType): Tensor {
  const { location } = tensor.storage;
  const bytes = location === 'meta' ? new Uint8Array(0) : castBytes(tensor, dtype).slice();
  return new Tensor(new Storage(dtype, bytes, location), tensor.shape);
}
