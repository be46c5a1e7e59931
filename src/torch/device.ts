/** Devices of a CPU build: their names, and what it says of those it lacks (c10/core/Device.cpp; torch/cuda/__init__.py). */
import { NotBuilt, PythonError } from './errors';
import { argumentError, isPlainInt } from './python/arguments';
import { strRepr } from './python/repr';
import { cTypeName } from './python/type-name';
import { isInt, PyDevice, type PyValue, toNumber } from './python/values';
import { Storage, Tensor } from './tensor';

const types =
  'cpu cuda ipu xpu mkldnn opengl opencl ideep hip ve fpga maia xla lazy vulkan mps meta hpu mtia privateuseone'.split(
    ' ',
  );

/** Types this build knows by name alone. */
const nameOnly = new Set('ipu opengl opencl ideep hip ve fpga maia xla vulkan mps'.split(' '));

export function isNameOnly({ type }: PyDevice): boolean {
  return nameOnly.has(type);
}

/** `torch.device('cuda:0')`. Raises RuntimeError for what names no device. */
function parseDevice(text: string): PyDevice {
  if (text === '') throw runtimeError('Device string must not be empty');
  const [, type, index] = /^([A-Za-z_]+)(?::(0|[1-9][0-9]*))?$/.exec(text) ?? [];
  if (type === undefined) throw runtimeError(`Invalid device string: ${strRepr(text)}`);
  if (!types.includes(type)) {
    throw runtimeError(`Expected one of ${types.join(', ')} device type at start of device string: ${type}`);
  }
  // DeviceIndex is an int8.
  return new PyDevice(type, index === undefined ? null : (Number(index) << 24) >> 24);
}

/** `torch.device(*args)`. Raises TypeError for arguments that fit no signature. */
export function torchDevice(args: readonly PyValue[]): PyDevice {
  const [device, index] = args;
  if (typeof device === 'string' && args.length === 2) return withIndex(device, index);
  if (args.length === 1 && isDevice(device)) return deviceOf(device);
  const types = args.map(cTypeName);
  const mismatch = types.map((type) => `!${type}!`).join(', ');
  const tried = args.length
    ? `      didn't match because some of the arguments have invalid types: (${mismatch})\n`
    : '';
  throw new PythonError(
    'TypeError',
    `device() received an invalid combination of arguments - got (${types.join(', ')}), but expected one of:\n` +
      ` * (torch.device device)\n${tried} * (str type, int index = -1)\n`,
  );
}

function withIndex(type: string, index: PyValue): PyDevice {
  if (!isInt(index)) throw argumentError('device', 'index', 2, 'int', index);
  const device = parseDevice(type);
  if (device.index !== null) {
    throw runtimeError(
      `type (string) must not include an index because index was passed explicitly: ${type}`,
    );
  }
  if (toNumber(index) < 0) throw runtimeError('Device index must not be negative');
  return new PyDevice(device.type, toNumber(index));
}

/** What a `device=` may be: a name, a device, or the index of an accelerator. */
export function isDevice(value: PyValue): value is string | PyDevice | number | bigint {
  return typeof value === 'string' || value instanceof PyDevice || isPlainInt(value);
}

/** The device a `device=` means. Raises RuntimeError for an index: a CPU build has no accelerator. */
export function deviceOf(value: string | PyDevice | number | bigint): PyDevice {
  if (value instanceof PyDevice) return value;
  if (typeof value === 'string') return parseDevice(value);
  if (value < 0) throw runtimeError('Device index must not be negative');
  throw noAccelerator();
}

/** What asks for an accelerator without saying which. */
export function noAccelerator(): PythonError {
  return runtimeError('Cannot access accelerator device when none is available.');
}

/** What everything below `torch.cuda` says that needs a card. */
export function noCuda(): PythonError {
  return new PythonError('AssertionError', 'Torch not compiled with CUDA enabled');
}

/** Raises what a CPU build says when memory is asked for on this device. */
export function checkAvailable({ type }: PyDevice): void {
  if (nameOnly.has(type)) throw runtimeError(`PyTorch is not linked with support for ${type} devices`);
  switch (type) {
    case 'cpu':
    case 'meta':
      return;
    case 'cuda':
      throw noCuda();
    case 'xpu':
      throw new PythonError('AssertionError', 'Torch not compiled with XPU enabled');
    case 'mtia':
      throw new PythonError('AssertionError', NO_MTIA);
    case 'hpu':
    case 'privateuseone':
      throw new PythonError('ModuleNotFoundError', `No module named 'torch.${type}'`);
    default:
      throw new NotBuilt(`the device ${type}`);
  }
}

/** The tensor on another device: itself where it is there. Raises for what this build lacks, or has no numbers for. */
export function toDevice(tensor: Tensor, device: PyDevice): Tensor {
  checkAvailable(device);
  if (locationOf(device) === tensor.storage.location) return tensor;
  if (device.type !== 'meta')
    throw new PythonError('NotImplementedError', 'Cannot copy out of meta tensor; no data!');
  return new Tensor(new Storage(tensor.dtype, new Uint8Array(0), 'meta'), tensor.shape);
}

/** How a storage names its device; every CPU is the same one. */
export function locationOf(device: PyDevice): string {
  return device.type;
}

/** Operands of one function stand on one device, `meta` among them. Raises RuntimeError; `first` is what the others must match. */
export function checkSameDevice(
  first: Tensor | undefined,
  others: readonly (Tensor | null | undefined)[],
): void {
  const expected = first?.storage.location;
  for (const tensor of others) {
    const found = tensor?.storage.location;
    if (found === undefined || expected === undefined || found === expected) continue;
    throw runtimeError(`Tensor on device ${found} is not on the expected device ${expected}!`);
  }
}

function runtimeError(message: string): PythonError {
  return new PythonError('RuntimeError', message);
}

const NO_MTIA =
  'Torch not compiled with MTIA enabled. Ensure you have `import mtia.host_runtime.torch_mtia.dynamic_library` in your ' +
  'python src file and include `//mtia/host_runtime/torch_mtia:torch_mtia` as your target dependency!';
