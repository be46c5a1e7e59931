/** What the friend's statements do with a value that may be no model and no dict: Python's own errors. */
import { PythonError } from '../../../torch/errors';
import { IncompatibleKeys } from '../../../torch/nn/load-state-dict';
import { pyRepr } from '../../../torch/python/repr';
import { cTypeName, shortTypeName, typeName } from '../../../torch/python/type-name';
import { PyDict, type PyValue } from '../../../torch/python/values';
import { Tensor } from '../../../torch/tensor';

type Value = PyValue | IncompatibleKeys;

/** `tp_name`: classes written in C carry their module, others do not. */
function instanceName(value: Value): string {
  if (value instanceof IncompatibleKeys) return '_IncompatibleKeys';
  return value instanceof PyDict ? typeName(value) : cTypeName(value);
}

export function attributeOf(value: Value, name: string): PythonError {
  return new PythonError('AttributeError', `'${instanceName(value)}' object has no attribute '${name}'`);
}

export function notCallable(value: Value): PythonError {
  return new PythonError('TypeError', `'${instanceName(value)}' object is not callable`);
}

/** `value[key]` with a string. Raises KeyError, TypeError, IndexError as Python does. */
export function itemOf(value: PyValue, key: string): PyValue {
  if (value instanceof PyDict) {
    const found = value.get(key);
    if (found === undefined) throw new PythonError('KeyError', pyRepr(key));
    return found;
  }
  if (Array.isArray(value)) {
    throw new PythonError('TypeError', 'list indices must be integers or slices, not str');
  }
  if (value instanceof Tensor) {
    throw new PythonError(
      'IndexError',
      'only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got str)',
    );
  }
  throw new PythonError('TypeError', `'${instanceName(value)}' object is not subscriptable`);
}

/** `{key.removeprefix(prefix): value for key, value in value.items()}`: a plain dict, without `_metadata`. */
export function withoutPrefix(value: PyValue, prefix: string): PyDict {
  if (!(value instanceof PyDict)) throw attributeOf(value, 'items');
  return new PyDict(
    [...value].map(([key, entry]) => {
      if (typeof key !== 'string') {
        throw new PythonError(
          'AttributeError',
          `'${shortTypeName(key)}' object has no attribute 'removeprefix'`,
        );
      }
      return [key.startsWith(prefix) ? key.slice(prefix.length) : key, entry] as const;
    }),
  );
}
