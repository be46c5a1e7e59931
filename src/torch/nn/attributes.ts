/** Attributes of a module: `__getattr__` and `__setattr__`, and lookups by path (torch/nn/modules/module.py). */
import { NotBuilt, PythonError } from '../errors';
import { noAttribute } from '../python/arguments';
import { torchTypeName } from '../python/type-name';
import type { PyValue } from '../python/values';
import { Parameter, Tensor } from '../tensor';
import { Module } from './module';

/** What every module has: methods and fields of `torch.nn.Module`. */
const inherited = new Set(
  (
    'T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval ' +
    'extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules ' +
    'mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer ' +
    'register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook ' +
    'register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter ' +
    'register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule ' +
    'share_memory state_dict to to_empty train training type xpu zero_grad'
  ).split(' '),
);

/** `hasattr(module, name)` */
export function hasAttribute(module: Module, name: string): boolean {
  const groups = [module.parameters, module.buffers, module.modules, module.attributes];
  return inherited.has(name) || groups.some((group) => group.has(name));
}

/** `module.name`, its methods aside. Raises AttributeError. */
export function getAttribute(module: Module, name: string): PyValue {
  if (name === 'training') {
    module.requireInit(name);
    return module.training;
  }
  for (const group of [module.parameters, module.buffers, module.modules]) {
    if (group.has(name)) return group.get(name) ?? null;
  }
  if (inherited.has(name)) throw new NotBuilt(`${module.className}.${name}`);
  return module.attribute(name);
}

/**
 * `module.name = value`: a parameter, submodule or buffer goes where it belongs, and what stands there keeps its kind.
 * Raises TypeError for a value of another kind, AttributeError before `Module.__init__()`.
 */
export function setAttribute(module: Module, name: string, value: PyValue): void {
  if (value instanceof Parameter) {
    checkInitialized(module, 'parameters');
    forget(module, name);
    module.parameters.set(name, value);
  } else if (module.parameters.has(name)) {
    if (value !== null) throw wrongKind(value, `parameter '${name}' (torch.nn.Parameter or None expected)`);
    module.parameters.set(name, null);
  } else if (value instanceof Module) {
    checkInitialized(module, 'module');
    forget(module, name);
    module.modules.set(name, value);
  } else if (module.modules.has(name)) {
    if (value === null) throw new NotBuilt('a submodule that is None');
    throw wrongKind(value, `child module '${name}' (torch.nn.Module or None expected)`);
  } else if (module.buffers.has(name)) {
    if (value !== null && !(value instanceof Tensor))
      throw wrongKind(value, `buffer '${name}' (torch.nn.Buffer, torch.Tensor or None expected)`);
    module.buffers.set(name, value);
  } else module.attributes.set(name, value);
}

function forget(module: Module, name: string): void {
  for (const group of [module.parameters, module.buffers, module.modules, module.attributes])
    group.delete(name);
}

/** Raises AttributeError for an instance whose `__init__` has not called the one of Module. */
export function checkInitialized(module: Module, what: string): void {
  if (module.initialized) return;
  throw new PythonError('AttributeError', `cannot assign ${what} before Module.__init__() call`);
}

function wrongKind(value: PyValue, where: string): PythonError {
  return new PythonError('TypeError', `cannot assign '${torchTypeName(value)}' as ${where}`);
}

/** `module.get_submodule('a.b')`. Raises AttributeError for a name that is not there, or no module. */
export function getSubmodule(module: Module, target: PyValue): Module {
  if (target === '') return module;
  if (typeof target !== 'string') throw noAttribute(target, 'split');
  let current = module;
  for (const name of target.split('.')) {
    if (!hasAttribute(current, name)) throw missing(current, name);
    const child = current.modules.get(name);
    if (!child) throw new PythonError('AttributeError', `\`${name}\` is not an nn.Module`);
    current = child;
  }
  return current;
}

/** `module.get_parameter('a.weight')`. Raises AttributeError. */
export function getParameter(module: Module, target: PyValue): Parameter {
  const [owner, name] = ownerOf(module, target);
  const found = owner.parameters.get(name);
  if (found) return found;
  throw new PythonError('AttributeError', `\`${name}\` is not an nn.Parameter`);
}

/** `module.get_buffer('bn.running_mean')`. Raises AttributeError. */
export function getBuffer(module: Module, target: PyValue): Tensor {
  const [owner, name] = ownerOf(module, target);
  const found = owner.buffers.get(name);
  if (found) return found;
  throw new PythonError('AttributeError', `\`${name}\` is not a buffer`);
}

function ownerOf(module: Module, target: PyValue): [Module, string] {
  if (typeof target !== 'string') throw noAttribute(target, 'rpartition');
  const names = target.split('.');
  const name = names.pop() as string;
  const owner = getSubmodule(module, names.join('.'));
  if (!hasAttribute(owner, name)) throw missing(owner, name);
  return [owner, name];
}

function missing(module: Module, name: string): PythonError {
  return new PythonError('AttributeError', `${module.className} has no attribute \`${name}\``);
}
