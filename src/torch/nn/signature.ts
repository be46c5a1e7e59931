/** Python's call: positional and keyword arguments bound to a constructor's parameters. */
import { PythonError } from '../errors';
import type { PyValue } from '../python/values';

/** A parameter of `__init__`, without default when it must be given. */
export interface ParameterSpec {
  readonly name: string;
  readonly default?: PyValue;
  readonly keywordOnly?: true;
}

/** What every layer with tensors ends with. */
export const deviceAndDtype: readonly ParameterSpec[] = [
  { name: 'device', default: null },
  { name: 'dtype', default: null },
];

/** A call `nn.Kind(*args, **kwargs)`. */
export interface CallArguments {
  readonly args: readonly PyValue[];
  readonly kwargs: ReadonlyMap<string, PyValue>;
}

export type BoundArguments = ReadonlyMap<string, PyValue>;

/**
 * Binds the call of a method, raising the TypeError CPython raises for missing, repeated or unknown arguments.
 * `className` is the class that defines the method, which may be a base class.
 */
export function bind(
  className: string,
  signature: readonly ParameterSpec[],
  call: CallArguments,
  method = '__init__',
): BoundArguments {
  return bindTo(`${className}.${method}()`, 1, signature, call);
}

/** Binds the call of a function outside of a class; raises as `bind` does. */
export function bindFunction(
  name: string,
  signature: readonly ParameterSpec[],
  call: CallArguments,
): BoundArguments {
  return bindTo(`${name}()`, 0, signature, call);
}

/** `before` is how many arguments come before those: the `self` of a method. */
function bindTo(
  called: string,
  before: number,
  signature: readonly ParameterSpec[],
  call: CallArguments,
): BoundArguments {
  const positional = signature.filter((p) => !p.keywordOnly);
  if (call.args.length > positional.length) {
    const required = positional.filter((p) => p.default === undefined).length + before;
    const most = positional.length + before;
    const given = call.args.length + before;
    const takes = required === most ? `${most}` : `from ${required} to ${most}`;
    throw new PythonError(
      'TypeError',
      `${called} takes ${takes} positional argument${most === 1 ? '' : 's'} but ${given} ${given === 1 ? 'was' : 'were'} given`,
    );
  }
  const bound = new Map<string, PyValue>();
  for (const [i, value] of call.args.entries()) bound.set(signature[i].name, value);
  for (const [name, value] of call.kwargs) {
    if (!signature.some((p) => p.name === name)) {
      throw new PythonError('TypeError', `${called} got an unexpected keyword argument '${name}'`);
    }
    if (bound.has(name))
      throw new PythonError('TypeError', `${called} got multiple values for argument '${name}'`);
    bound.set(name, value);
  }
  const missing = signature
    .filter((p) => p.default === undefined && !bound.has(p.name))
    .map((p) => `'${p.name}'`);
  if (missing.length > 0) {
    throw new PythonError(
      'TypeError',
      `${called} missing ${missing.length} required positional argument${missing.length === 1 ? '' : 's'}: ${listed(missing)}`,
    );
  }
  return new Map(signature.map((p) => [p.name, (bound.has(p.name) ? bound.get(p.name) : p.default) ?? null]));
}

function listed(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  if (names.length === 2) return names.join(' and ');
  return `${names.slice(0, -1).join(', ')}, and ${names[names.length - 1]}`;
}
