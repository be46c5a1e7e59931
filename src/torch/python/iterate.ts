/** `list(value)`: what a `for` goes through. */
import { PythonError } from '../errors';
import { ModuleList, Sequential } from '../nn/container';
import { Module } from '../nn/module';
import { sequenceOf } from './arguments';
import { cTypeName } from './type-name';
import { PyDict, PySet, type PyValue } from './values';

/** Raises TypeError for what cannot be gone through. */
export function iterate(value: PyValue): readonly PyValue[] {
  const sequence = sequenceOf(value);
  if (sequence) return sequence;
  if (value instanceof PyDict) return [...value.keys()];
  if (value instanceof PySet) return value.items;
  if (typeof value === 'string') return [...value];
  if (value instanceof Sequential || value instanceof ModuleList) return [...value.modules.values()];
  const type = value instanceof Module ? value.className : cTypeName(value);
  throw new PythonError('TypeError', `'${type}' object is not iterable`);
}
