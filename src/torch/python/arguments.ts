/** What torch's functions say of an argument of the wrong type (torch/csrc/utils/python_arg_parser.cpp). */
import { PythonError } from '../errors';
import { Tensor } from '../tensor';
import { cTypeName } from './type-name';
import { isInt, isNumber, PySize, PyTuple, type PyValue, toNumber } from './values';

/** `name` at its position from 1, `null` for a keyword, should have been `wanted`: `Tensor`, `int`, `tuple of ints`. */
export function argumentError(
  fn: string,
  name: string,
  position: number | null,
  wanted: string,
  value: PyValue,
): PythonError {
  const at = position === null ? '' : ` (position ${position})`;
  return new PythonError(
    'TypeError',
    `${fn}(): argument '${name}'${at} must be ${wanted}, not ${cTypeName(value)}`,
  );
}

/** Raises TypeError for what is no int; a bool is none here. */
export function checkIntArgument(fn: string, name: string, position: number | null, value: PyValue): void {
  if (!isPlainInt(value)) throw argumentError(fn, name, position, 'int', value);
}

/** Raises TypeError for what is no number. */
export function checkFloatArgument(fn: string, name: string, position: number | null, value: PyValue): void {
  if (!isNumber(value)) throw argumentError(fn, name, position, 'float', value);
}

/** Raises TypeError for what is no bool. */
export function checkBoolArgument(fn: string, name: string, position: number | null, value: PyValue): void {
  if (typeof value !== 'boolean') throw argumentError(fn, name, position, 'bool', value);
}

/** The ints of a sequence, or a single one. Raises TypeError for anything else. */
export function intsArgument(fn: string, name: string, position: number, value: PyValue): number[] {
  checkIntsArgument(fn, name, position, value);
  return unpackInts(fn, name, value);
}

/** The first item alone decides whether a sequence is one of ints. */
export function checkIntsArgument(fn: string, name: string, position: number, value: PyValue): void {
  const items = sequenceOf(value);
  if (!items) {
    if (!isPlainInt(value)) throw argumentError(fn, name, position, 'tuple of ints', value);
  } else if (items.length > 0 && !isPlainInt(items[0])) {
    throw new PythonError(
      'TypeError',
      `${fn}(): argument '${name}' (position ${position}) must be tuple of ints, ` +
        `but found element of type ${cTypeName(items[0])} at pos 0`,
    );
  }
}

/** An int that is no bool. */
export function isPlainInt(value: PyValue): boolean {
  return isInt(value) && typeof value !== 'boolean';
}

/** The others, True among them, are read one by one, when the arguments of all types fit: from the last argument to the first. */
export function unpackInts(fn: string, name: string, value: PyValue): number[] {
  const items = sequenceOf(value) ?? [value];
  const wrong = items.findIndex((item) => !isInt(item));
  if (wrong < 0) return items.map(toNumber);
  throw new PythonError(
    'TypeError',
    `${fn}(): argument '${name}' failed to unpack the object at pos ${wrong + 1} with error ` +
      `"type must be tuple of ints,but got ${cTypeName(items[wrong])}"`,
  );
}

/** Raises what `value.name` raises in Python for an object without that attribute. */
export function noAttribute(value: PyValue, name: string): PythonError {
  const owner = value instanceof Tensor ? 'Tensor' : cTypeName(value);
  return new PythonError('AttributeError', `'${owner}' object has no attribute '${name}'`);
}

/** Items of a tuple, list or torch.Size. */
export function sequenceOf(value: PyValue): readonly PyValue[] | null {
  if (value instanceof PyTuple) return value.items;
  if (value instanceof PySize) return value.shape;
  return Array.isArray(value) ? value : null;
}
