/** `module.to(...)`, `module.cuda()`, `module.double()` (torch/nn/modules/module.py, _apply): in place. */
import { deviceOf, isDevice, toDevice } from '../device';
import { type DType, isDifferentiable, isFloating } from '../dtype';
import { NotBuilt, PythonError } from '../errors';
import { PyDevice, type PyValue } from '../python/values';
import { Parameter, type Tensor } from '../tensor';
import { cast, type Destination, tensorTo } from '../to';
import type { Module } from './module';

/**
 * Moves every parameter and buffer; only those of floats get another dtype. Raises TypeError for a dtype that is none of
 * floats, NotImplementedError where there are no numbers to move. A module without tensors may go anywhere.
 */
export function moduleTo(module: Module, { device, dtype }: Destination): Module {
  if (dtype && !isDifferentiable(dtype)) {
    throw new PythonError(
      'TypeError',
      `nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.${dtype}`,
    );
  }
  if (dtype && !isFloating(dtype)) throw new NotBuilt('modules of complex numbers');
  return apply(module, (tensor) => {
    if (device && device.type !== 'meta' && tensor.isMeta) throwWithoutNumbers(device, tensor);
    return tensorTo(tensor, { device, dtype: isFloating(tensor.dtype) ? dtype : null });
  });
}

/** `module.cuda(device)`, `module.cpu()`: unlike `to`, says nothing of `to_empty`. */
export function moduleOn(module: Module, device: PyDevice): Module {
  return apply(module, (tensor) => toDevice(tensor, device));
}

/** `module.double()`, `module.half()`, `module.float()`. */
export function moduleAs(module: Module, dtype: DType): Module {
  return apply(module, (tensor) =>
    isFloating(tensor.dtype) && tensor.dtype !== dtype ? cast(tensor, dtype) : tensor,
  );
}

/** Where `x.cuda(device)` and its like go: to a device of this type. Raises RuntimeError for another. */
export function moved(type: string, device: PyValue): PyDevice {
  if (device === null) return new PyDevice(type);
  if (!isDevice(device)) throw new NotBuilt(`${type}() of what is no device`);
  const found = deviceOf(device);
  if (found.type !== type) throw new PythonError('RuntimeError', `Invalid device, must be ${type} device`);
  return found;
}

/** Below first. A parameter stays the same object, with other memory, unless it goes to `meta`; a buffer is replaced. */
function apply(module: Module, change: (tensor: Tensor) => Tensor): Module {
  module.requireInit('_modules');
  for (const child of module.modules.values()) apply(child, change);
  for (const [name, parameter] of module.parameters) {
    if (!parameter) continue;
    const changed = change(parameter);
    if (changed === parameter) continue;
    if (changed.storage.location === parameter.storage.location) parameter.setData(changed);
    else module.parameters.set(name, new Parameter(changed, parameter.requiresGrad));
  }
  for (const [name, buffer] of module.buffers) if (buffer) module.buffers.set(name, change(buffer));
  return module;
}

function throwWithoutNumbers(device: PyDevice, tensor: Tensor): void {
  try {
    toDevice(tensor, device);
  } catch (error) {
    if (!(error instanceof PythonError) || error.type !== 'NotImplementedError') throw error;
    throw new PythonError(
      error.type,
      `${error.message} Please use torch.nn.Module.to_empty() instead of torch.nn.Module.to() when moving module from meta ` +
        'to a different device.',
    );
  }
}
