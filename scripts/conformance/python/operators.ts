/** Operators of a case: of numbers here, of tensors in the product. */
import { eager } from '../../../src/engine';
import { itemOf, ModuleList, Sequential } from '../../../src/torch/nn/container';
import {
  isNumber,
  PyDevice,
  PyDict,
  PyFloat,
  PyTuple,
  type PyValue,
  toNumber,
} from '../../../src/torch/python/values';
import { Tensor } from '../../../src/torch/tensor';
import { NotExpressible } from './syntax';
import { asPy, type Value } from './values';
import type { World } from './world';

const tensorOperators = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '**': 'pow' } as const;

export function binary(operator: string, left: Value, right: Value, world: World): Value {
  if (operator === 'is') return left === right;
  if (operator === '==' && left instanceof PyDevice && right instanceof PyDevice)
    return left.type === right.type && left.index === right.index;
  if (operator === '*' && Array.isArray(left) && typeof right === 'number')
    return new Array<Value[]>(right).fill(left).flat();
  const [a, b] = [left, right].map(asPy);
  if (operator === '@') return eager.matmul(world.eager, a, b);
  if (Object.hasOwn(tensorOperators, operator) && (a instanceof Tensor || b instanceof Tensor))
    return eager.arithmetic(world.eager, tensorOperators[operator as keyof typeof tensorOperators], a, b);
  return arithmetic(operator, a, b);
}

/** `left += right`: of a tensor in place. */
export function augmented(operator: string, left: Value, right: Value, world: World): Value {
  if (!(left instanceof Tensor)) return binary(operator, left, right, world);
  const name = tensorOperators[operator as keyof typeof tensorOperators];
  return eager.arithmetic(world.eager, name, left, asPy(right), left);
}

export function negative(value: Value, world: World): Value {
  if (value instanceof Tensor) return eager.unary(world.eager, 'neg', value);
  const plain = asPy(value);
  return plain instanceof PyFloat ? new PyFloat(-plain.value) : -toNumber(plain);
}

/** `of[index]` */
export function item(of: Value, index: Value): Value {
  if (of instanceof PyDict) {
    const value = of.get(asPy(index));
    if (value !== undefined) return value;
  }
  if (of instanceof Sequential || of instanceof ModuleList) return itemOf(of, asPy(index));
  const items = Array.isArray(of) ? of : of instanceof PyTuple ? of.items : [];
  const position = typeof index === 'number' ? index : -1;
  if (position < 0 || position >= items.length) throw new NotExpressible('this subscript');
  return items[position];
}

function arithmetic(operator: string, a: PyValue, b: PyValue): Value {
  if (!isNumber(a) || !isNumber(b)) throw new NotExpressible(`${operator} of what is no number`);
  const [x, y] = [toNumber(a), toNumber(b)];
  const results: Readonly<Record<string, number>> = {
    '+': x + y,
    '-': x - y,
    '*': x * y,
    '/': x / y,
    '**': x ** y,
  };
  const result = results[operator];
  if (result === undefined) throw new NotExpressible(`the operator ${operator}`);
  const whole =
    !(a instanceof PyFloat) && !(b instanceof PyFloat) && operator !== '/' && Number.isInteger(result);
  return whole ? result : new PyFloat(result);
}
