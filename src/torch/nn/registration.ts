/** `register_module`, `register_buffer`, `register_parameter` (torch/nn/modules/module.py). */
import { NotBuilt, PythonError } from '../errors';
import { strRepr } from '../python/repr';
import { torchTypeName } from '../python/type-name';
import type { PyValue } from '../python/values';
import { Parameter, Tensor } from '../tensor';
import { checkInitialized, hasAttribute } from './attributes';
import { Module } from './module';

/** `module.add_module(name, child)`. Raises TypeError for what is no Module, KeyError for a name that cannot be. */
export function addModule(module: Module, name: PyValue, child: PyValue): void {
  if (child === null) throw new NotBuilt('a submodule that is None');
  if (!(child instanceof Module)) throw typeError(`${torchTypeName(child)} is not a Module subclass`);
  checkName('module', name, `, got: ${String(name)}`);
  module.requireInit('_modules');
  if (hasAttribute(module, name) && !module.modules.has(name)) throw exists(name);
  module.modules.set(name, child);
}

/** `module.register_buffer(name, tensor)`. Raises TypeError and KeyError. */
export function registerBuffer(module: Module, name: PyValue, tensor: PyValue): void {
  checkInitialized(module, 'buffer');
  checkName('buffer', name);
  if (hasAttribute(module, name) && !module.buffers.has(name)) throw exists(name);
  if (tensor !== null && !(tensor instanceof Tensor)) {
    throw typeError(
      `cannot assign '${torchTypeName(tensor)}' object to buffer '${name}' (torch Tensor or None required)`,
    );
  }
  module.buffers.set(name, tensor);
}

/** `module.register_parameter(name, parameter)`. Raises TypeError and KeyError. */
export function registerParameter(module: Module, name: PyValue, parameter: PyValue): void {
  checkInitialized(module, 'parameter');
  checkName('parameter', name);
  if (hasAttribute(module, name) && !module.parameters.has(name)) throw exists(name);
  if (parameter !== null && !(parameter instanceof Parameter)) {
    throw typeError(
      `cannot assign '${torchTypeName(parameter)}' object to parameter '${name}' (torch.nn.Parameter or None required)`,
    );
  }
  module.parameters.set(name, parameter);
}

function checkName(what: string, name: PyValue, shown = ''): asserts name is string {
  if (typeof name !== 'string')
    throw typeError(`${what} name should be a string. Got ${torchTypeName(name)}`);
  if (name.includes('.')) throw keyError(`${what} name can't contain "."${shown}`);
  if (name === '') throw keyError(`${what} name can't be empty string ""`);
}

function exists(name: string): PythonError {
  return keyError(`attribute '${name}' already exists`);
}

/** A KeyError shows the repr of its text. */
function keyError(text: string): PythonError {
  return new PythonError('KeyError', strRepr(text));
}

function typeError(message: string): PythonError {
  return new PythonError('TypeError', message);
}
