/** The functions torch gives pickles to rebuild tensors with (torch/_utils.py), and the checks `Tensor.set_` makes. */
import { type DType, dtypes } from '../dtype';
import { PythonError } from '../errors';
import { shortTypeName } from '../python/type-name';
import { PyDict, PyDType, PyGlobal, PyObject, PySize, PyTuple, type PyValue } from '../python/values';
import { Parameter, Storage, Tensor } from '../tensor';
import { Refusal } from './refusal';

const INT64_MAX = (1n << 63n) - 1n;

/** `tuple of ints` as set_ takes it: tuple, list or Size; bool is no int. */
function intsOf(value: PyValue): number[] | null {
  if (value instanceof PySize) return [...value.shape];
  const items = value instanceof PyTuple ? value.items : Array.isArray(value) ? value : null;
  if (!items?.every((item) => typeof item === 'number' || typeof item === 'bigint')) return null;
  return items.map(Number);
}

function setTypeError(args: readonly PyValue[]): PythonError {
  const types = args.map((arg) =>
    arg instanceof Storage ? 'torch.storage.UntypedStorage' : shortTypeName(arg),
  );
  return new PythonError(
    'TypeError',
    `set_() received an invalid combination of arguments - got (${types.join(', ')}), but expected one of:\n * ()\n` +
      ' * (torch.Storage source)\n' +
      ' * (torch.Storage source, int storage_offset, tuple of ints size, tuple of ints stride = None)\n' +
      ' * (Tensor source)\n' +
      ' * (Tensor source, int storage_offset, tuple of ints size, tuple of ints stride = None)\n',
  );
}

/** `_rebuild_tensor`: a view on the storage. Raises what `set_` raises (ATen/native/TensorFactories, c10/core/TensorImpl). */
function view(storageValue: PyValue, offset: PyValue, size: PyValue, stride: PyValue, dtype?: DType): Tensor {
  if (!(storageValue instanceof Storage)) {
    throw new PythonError(
      'AttributeError',
      `'${shortTypeName(storageValue)}' object has no attribute 'dtype'`,
    );
  }
  if (dtypes[storageValue.dtype].kind === 'quantized')
    throw new Refusal('unsupported', 'a quantized storage under a tensor that is not');
  const sizes = intsOf(size);
  const strides = intsOf(stride);
  if ((typeof offset !== 'number' && typeof offset !== 'bigint') || !sizes || !strides) {
    throw setTypeError([storageValue, offset, size, stride]);
  }
  checkView(storageValue, BigInt(offset), sizes, strides, dtypes[dtype ?? storageValue.dtype].itemsize);
  return new Tensor(storageValue, sizes, {
    stride: strides,
    offset: Number(offset),
    ...(dtype ? { dtype } : {}),
  });
}

function checkView(
  storage: Storage,
  offset: bigint,
  sizes: number[],
  strides: number[],
  itemsize: number,
): void {
  if (sizes.length !== strides.length) {
    throw new PythonError(
      'RuntimeError',
      `unequal size length (${sizes.length}) and stride length (${strides.length})`,
    );
  }
  if (offset > INT64_MAX || offset < -INT64_MAX)
    throw new PythonError('ValueError', 'Overflow when unpacking long long');
  if (offset < 0n) throw new PythonError('RuntimeError', `Tensor: invalid storage offset ${offset}`);
  if (sizes.includes(0)) return;
  if (sizes.some((n) => n < 0) || sizes.reduce((n, d) => n * BigInt(d), 1n) > INT64_MAX) {
    throw new PythonError('RuntimeError', 'numel: integer multiplication overflow');
  }
  const last = sizes.reduce((n, d, i) => n + BigInt(d - 1) * BigInt(strides[i]), 0n);
  const bytes = (last + 1n) * BigInt(itemsize);
  if (sizes.some((n, i) => n > 1 && strides[i] < 0) || bytes > INT64_MAX) {
    throw new PythonError(
      'RuntimeError',
      `Storage size calculation overflowed with sizes=[${sizes.join(', ')}] and strides=[${strides.join(', ')}]`,
    );
  }
  const available = storage.location === 'meta' ? INT64_MAX : BigInt(storage.bytes.length);
  if (bytes + offset * BigInt(itemsize) > available) {
    throw new PythonError('RuntimeError', 'Trying to resize storage that is not resizable');
  }
}

/** `tensor.requires_grad = value`. */
function setRequiresGrad(tensor: Tensor, value: PyValue): void {
  if (typeof value !== 'boolean') throw new PythonError('RuntimeError', 'requires_grad must be a bool');
  if (value && !canRequireGrad(tensor.dtype)) {
    throw new PythonError(
      'RuntimeError',
      'only Tensors of floating point and complex dtype can require gradients',
    );
  }
  tensor.requiresGrad = value;
}

export function canRequireGrad(dtype: DType): boolean {
  return dtypes[dtype].kind === 'float' || dtypes[dtype].kind === 'complex';
}

/** `torch.nn.Parameter(data, requires_grad)`. */
export function newParameter(data: PyValue, requiresGrad: PyValue = true): Parameter {
  if (!(data instanceof Tensor)) {
    throw new PythonError('AttributeError', `'${shortTypeName(data)}' object has no attribute 'detach'`);
  }
  if (requiresGrad === true && !canRequireGrad(data.dtype)) {
    throw new PythonError(
      'RuntimeError',
      'Only Tensors of floating point and complex dtype can require gradients',
    );
  }
  return new Parameter(data, requiresGrad === true);
}

function dtypeOf(value: PyValue): DType {
  if (value instanceof PyDType && value.dtype in dtypes) return value.dtype as DType;
  throw new Refusal('unsupported', 'a tensor of an element type this program does not know');
}

/** A tensor without strided storage: what is known of it, for showing. */
function described(fields: Readonly<Record<string, PyValue>>): PyObject {
  return new PyObject(new PyGlobal('torch', 'Tensor'), new PyDict(Object.entries(fields)));
}

function quantizedType(storage: PyValue): DType {
  if (storage instanceof Storage && dtypes[storage.dtype].kind === 'quantized') return storage.dtype;
  throw new Refusal('unsupported', 'a quantized tensor on a storage that is not');
}

type Rebuild = (args: readonly PyValue[]) => PyValue;

interface Signature {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  readonly run: Rebuild;
}

const signatures: Readonly<Record<string, Signature>> = {
  _rebuild_tensor: {
    required: ['storage', 'storage_offset', 'size', 'stride'],
    run: ([storage, offset, size, stride]) => view(storage, offset, size, stride),
  },
  _rebuild_tensor_v2: {
    required: ['storage', 'storage_offset', 'size', 'stride', 'requires_grad', 'backward_hooks'],
    optional: ['metadata'],
    run: ([storage, offset, size, stride, requiresGrad]) => {
      const tensor = view(storage, offset, size, stride);
      setRequiresGrad(tensor, requiresGrad);
      return tensor;
    },
  },
  _rebuild_tensor_v3: {
    required: ['storage', 'storage_offset', 'size', 'stride', 'requires_grad', 'backward_hooks', 'dtype'],
    optional: ['metadata'],
    run: ([storage, offset, size, stride, requiresGrad, , dtype]) => {
      const tensor = view(storage, offset, size, stride, dtypeOf(dtype));
      setRequiresGrad(tensor, requiresGrad);
      return tensor;
    },
  },
  _rebuild_parameter: {
    required: ['data', 'requires_grad', 'backward_hooks'],
    run: ([data, requiresGrad]) => newParameter(data, requiresGrad),
  },
  _rebuild_parameter_with_state: {
    required: ['data', 'requires_grad', 'backward_hooks', 'state'],
    run: ([data, requiresGrad]) => newParameter(data, requiresGrad),
  },
  _rebuild_meta_tensor_no_storage: {
    required: ['dtype', 'size', 'stride', 'requires_grad'],
    run: ([dtype, size, stride, requiresGrad]) => {
      const meta = new Storage(dtypeOf(dtype), new Uint8Array(0), 'meta');
      const tensor = view(meta, 0, size, stride);
      setRequiresGrad(tensor, requiresGrad);
      return tensor;
    },
  },
  _rebuild_sparse_tensor: {
    required: ['layout', 'data'],
    run: ([layout, data]) => {
      const parts = data instanceof PyTuple ? data.items : [];
      const values =
        parts.find((part, i) => i > 0 && part instanceof Tensor && part.dtype !== 'int64') ?? parts[1];
      const size = parts.find((part) => part instanceof PySize || part instanceof PyTuple) ?? null;
      if (!(values instanceof Tensor))
        throw new Refusal('unsupported', 'a sparse tensor of an unknown layout');
      return described({
        layout: layout instanceof PyObject ? layout.state : null,
        dtype: new PyDType(values.dtype),
        size: new PySize(intsOf(size) ?? []),
        quantized: false,
      });
    },
  },
  _rebuild_qtensor: {
    required: [
      'storage',
      'storage_offset',
      'size',
      'stride',
      'quantizer_params',
      'requires_grad',
      'backward_hooks',
    ],
    run: ([storage, , size]) =>
      described({
        layout: 'torch.strided',
        dtype: new PyDType(quantizedType(storage)),
        size: new PySize(intsOf(size) ?? []),
        quantized: true,
      }),
  },
};

/** Calls one of them by name. Raises TypeError when the arguments do not fit, as CPython words it. */
export function callRebuild(name: string, args: readonly PyValue[]): PyValue {
  const signature = Object.hasOwn(signatures, name) ? signatures[name] : undefined;
  if (!signature) throw new Refusal('unsupported', `torch._utils.${name}`);
  const { required, optional = [] } = signature;
  if (args.length < required.length) {
    const missing = required.slice(args.length).map((parameter) => `'${parameter}'`);
    throw new PythonError(
      'TypeError',
      `${name}() missing ${missing.length} required positional argument${missing.length === 1 ? '' : 's'}: ${listed(missing)}`,
    );
  }
  const most = required.length + optional.length;
  if (args.length > most) {
    const takes = optional.length > 0 ? `from ${required.length} to ${most}` : String(most);
    throw new PythonError(
      'TypeError',
      `${name}() takes ${takes} positional arguments but ${args.length} were given`,
    );
  }
  return signature.run(args);
}

function listed(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ');
  return `${names.slice(0, -1).join(', ')}, and ${names[names.length - 1]}`;
}
