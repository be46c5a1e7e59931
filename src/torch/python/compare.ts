/** Python's order comparisons between numbers (CPython: Objects/object.c, do_richcompare). */
import { NotBuilt, PythonError } from '../errors';
import { Tensor } from '../tensor';
import { cTypeName } from './type-name';
import { isNumber, PyFloat, type PyValue, toNumber } from './values';

/** `a < b`. Raises TypeError for what has no order. */
export function lessThan(a: PyValue, b: PyValue): boolean {
  return compared(a, '<', b, (x, y) => x < y);
}

/** `a <= b` */
export function atMost(a: PyValue, b: PyValue): boolean {
  return compared(a, '<=', b, (x, y) => x <= y);
}

/** `a > b` */
export function greaterThan(a: PyValue, b: PyValue): boolean {
  return compared(a, '>', b, (x, y) => x > y);
}

/** `0.0`, `1.0`: a float literal to compare with, which messages name by its type. */
export const ZERO = new PyFloat(0);
export const ONE = new PyFloat(1);

function compared(
  a: PyValue,
  operator: string,
  b: PyValue,
  holds: (x: number, y: number) => boolean,
): boolean {
  if (isNumber(a) && isNumber(b)) return holds(toNumber(a), toNumber(b));
  if (a instanceof Tensor || b instanceof Tensor) throw new NotBuilt('a tensor where a number is due');
  throw new PythonError(
    'TypeError',
    `'${operator}' not supported between instances of '${cTypeName(a)}' and '${cTypeName(b)}'`,
  );
}
