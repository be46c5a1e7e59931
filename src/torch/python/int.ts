/** Python's `int(value)` (CPython: Objects/longobject.c, Objects/floatobject.c). */
import { elementsOf } from '../elements';
import { PythonError } from '../errors';
import { Tensor } from '../tensor';
import { pyRepr } from './repr';
import { cTypeName } from './type-name';
import { PyBytes, PyFloat, type PyValue } from './values';

/** Raises TypeError, ValueError or OverflowError as Python does. */
export function pyInt(value: PyValue): bigint {
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint')
    return BigInt(value);
  if (value instanceof PyFloat) return truncated(value.value);
  if (typeof value === 'string') return parsed(value, value);
  if (value instanceof PyBytes) return parsed(String.fromCharCode(...value.data), value);
  if (value instanceof Tensor) return ofTensor(value);
  throw new PythonError(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${cTypeName(value)}'`,
  );
}

function truncated(x: number): bigint {
  if (Number.isNaN(x)) throw new PythonError('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(x)) throw new PythonError('OverflowError', 'cannot convert float infinity to integer');
  return BigInt(Math.trunc(x));
}

/** Decimal digits of any script, single underscores between them, white space around them. */
function parsed(text: string, shown: PyValue): bigint {
  const [, sign, digits] = /^\s*([+-]?)(\p{Nd}+(?:_\p{Nd}+)*)\s*$/u.exec(text) ?? [];
  if (!digits) {
    throw new PythonError('ValueError', `invalid literal for int() with base 10: ${pyRepr(shown)}`);
  }
  const size = BigInt([...digits.replaceAll('_', '')].map(decimalDigit).join(''));
  return sign === '-' ? -size : size;
}

/** Unicode lays a script's ten digits out in a row, so the value is how many digits stand below. */
function decimalDigit(char: string): string {
  // Sets that touch another one (mathematical digits) are also the ones with a plain equivalent.
  const plain = char.normalize('NFKC');
  if (/^[0-9]$/.test(plain)) return plain;
  let below = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint((plain.codePointAt(0) as number) - below - 1))) below++;
  return String(below);
}

function ofTensor(tensor: Tensor): bigint {
  if (tensor.numel !== 1)
    throw new PythonError('ValueError', 'only one element tensors can be converted to Python scalars');
  const [element] = elementsOf(tensor);
  return typeof element === 'bigint' ? element : truncated(element);
}
