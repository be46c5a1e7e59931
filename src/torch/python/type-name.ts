/** `type(value)` as messages show it: `list`, `collections.OrderedDict`, `__main__.Net`. */
import { tensorType } from '../dtype';
import { Module } from '../nn/module';
import { Parameter, Storage, Tensor } from '../tensor';
import {
  PyBytes,
  PyComplex,
  PyDevice,
  PyDict,
  PyDType,
  PyFloat,
  PyGlobal,
  PyObject,
  PySet,
  PySize,
  PyTuple,
  type PyValue,
} from './values';

/** `module.qualname` of the type, without module for builtins. */
export function typeName(value: PyValue): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number' || typeof value === 'bigint') return 'int';
  if (typeof value === 'string') return 'str';
  if (Array.isArray(value)) return 'list';
  if (value instanceof PyFloat) return 'float';
  if (value instanceof PyComplex) return 'complex';
  if (value instanceof PyBytes) return value.mutable ? 'bytearray' : 'bytes';
  if (value instanceof PyTuple) return 'tuple';
  if (value instanceof PySet) return value.frozen ? 'frozenset' : 'set';
  if (value instanceof PySize) return 'torch.Size';
  if (value instanceof PyDType) return 'torch.dtype';
  if (value instanceof PyDevice) return 'torch.device';
  if (value instanceof PyDict) return value.className === 'dict' ? 'dict' : `collections.${value.className}`;
  if (value instanceof Parameter) return 'torch.nn.parameter.Parameter';
  if (value instanceof Tensor) return 'torch.Tensor';
  if (value instanceof Storage) return 'torch.storage.TypedStorage';
  if (value instanceof Module) return `${value.moduleName}.${value.className}`;
  if (value instanceof PyObject) return `${value.cls.module}.${value.cls.name}`;
  if (value instanceof PyGlobal) return 'type';
  return 'object';
}

/** `repr(type(value))`: `<class 'list'>`. */
export function typeRepr(value: PyValue): string {
  return `<class '${typeName(value)}'>`;
}

/** The name alone, as `type(value).__name__`. */
export function shortTypeName(value: PyValue): string {
  const name = typeName(value);
  return name.slice(name.lastIndexOf('.') + 1);
}

/** `torch.typename(value)`: of a tensor its `type()`, of a class or function its own name (torch/_utils_internal.py). */
export function torchTypeName(value: PyValue): string {
  if (value instanceof Tensor) return tensorType(value.dtype);
  if (value instanceof PyGlobal) {
    // Functions of `torch` itself are methods of a class in C.
    const owner = value.module === 'torch' ? 'torch._VariableFunctionsClass' : value.module;
    return `${owner}.${value.name}`;
  }
  return typeName(value);
}

/** `Py_TYPE(value)->tp_name`, which messages written in C show: torch's own small types keep their module. */
export function cTypeName(value: PyValue): string {
  const name = typeName(value);
  return /^(torch\.(Size|dtype|device)|numpy\.ndarray)$/.test(name) ? name : shortTypeName(value);
}
