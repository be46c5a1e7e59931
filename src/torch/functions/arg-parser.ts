/** Calls of functions written in C++ (torch/csrc/utils/python_arg_parser.cpp), and of methods that take nothing (CPython). */
import { PythonError } from '../errors';
import type { CallArguments, ParameterSpec } from '../nn/signature';
import { argumentError, checkBoolArgument, checkIntArgument } from '../python/arguments';
import { isNumber, PyDType, type PyValue } from '../python/values';
import { Tensor } from '../tensor';

export interface Parameter extends ParameterSpec {
  /** A `Scalar` is a tensor or a number. */
  readonly type: 'Tensor' | 'Scalar' | 'int' | 'bool' | 'dtype';
}

/** Values in the order of a function's only signature. Raises TypeError for what does not fit it. */
export function parseArgs(
  fn: string,
  signature: readonly Parameter[],
  { args, kwargs }: CallArguments,
): PyValue[] {
  if (args.length > signature.length) throw tooMany(fn, signature, args.length);
  const values = signature.map(({ name, type, default: unset }, i) => {
    const value = args[i] ?? kwargs.get(name);
    if (i >= args.length && !kwargs.has(name)) {
      if (unset === undefined) throw missing(fn, signature.slice(i));
      return unset;
    }
    checkType(fn, name, i < args.length ? i + 1 : null, type, value ?? null);
    return value ?? null;
  });
  for (const name of kwargs.keys()) {
    const position = signature.findIndex((parameter) => parameter.name === name);
    if (position < 0)
      throw new PythonError('TypeError', `${fn}() got an unexpected keyword argument '${name}'`);
    if (position < args.length)
      throw new PythonError('TypeError', `${fn}() got multiple values for argument '${name}'`);
  }
  return values;
}

/** Raises TypeError for any argument: `owner` is `TensorBase` for a tensor's methods. */
export function checkNoArguments(owner: string, fn: string, { args, kwargs }: CallArguments): void {
  if (kwargs.size > 0) throw new PythonError('TypeError', `${owner}.${fn}() takes no keyword arguments`);
  if (args.length > 0)
    throw new PythonError('TypeError', `${owner}.${fn}() takes no arguments (${args.length} given)`);
}

function tooMany(fn: string, signature: readonly Parameter[], given: number): PythonError {
  const most = signature.length;
  const least = signature.filter((parameter) => parameter.default === undefined).length;
  const takes =
    least === most
      ? `${most} positional argument${most === 1 ? '' : 's'}`
      : `from ${least} to ${most} positional arguments`;
  return new PythonError(
    'TypeError',
    `${fn}() takes ${takes} but ${given} ${given === 1 ? 'was' : 'were'} given`,
  );
}

/** Numbers disagree in these words: one is missing as "arguments", more are as "argument". */
function missing(fn: string, rest: readonly Parameter[]): PythonError {
  const names = rest.filter((parameter) => parameter.default === undefined).map(({ name }) => `"${name}"`);
  const what = names.length === 1 ? 'arguments' : 'argument';
  return new PythonError(
    'TypeError',
    `${fn}() missing ${names.length} required positional ${what}: ${names.join(', ')}`,
  );
}

function checkType(
  fn: string,
  name: string,
  position: number | null,
  type: Parameter['type'],
  value: PyValue,
): void {
  if (type === 'int') checkIntArgument(fn, name, position, value);
  else if (type === 'bool') checkBoolArgument(fn, name, position, value);
  else if (type === 'dtype') {
    if (value !== null && !(value instanceof PyDType))
      throw argumentError(fn, name, position, 'torch.dtype', value);
  } else if (!(value instanceof Tensor) && !(type === 'Scalar' && isNumber(value)))
    throw argumentError(fn, name, position, 'Tensor', value);
}
