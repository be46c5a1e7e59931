/** What `a + b` and its like come to before any number (ATen/TensorIterator.cpp; torch/_tensor.py). */
import { broadcastShapes } from '../broadcast';
import { checkSameDevice } from '../device';
import { type DType, dtypes } from '../dtype';
import { NotBuilt, PythonError } from '../errors';
import { resultType } from '../promote';
import { argumentError, sequenceOf } from '../python/arguments';
import { cTypeName } from '../python/type-name';
import { isNumber, PyFloat, type PyValue } from '../python/values';
import { type Shape, Tensor } from '../tensor';

export type Arithmetic = 'add' | 'sub' | 'mul' | 'div' | 'pow';

/** A tensor, or a Python number beside one. */
export type Operand = Tensor | boolean | number | bigint | PyFloat;

export interface ResultType {
  readonly shape: Shape;
  readonly dtype: DType;
}

const operators: Readonly<Record<Arithmetic, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  pow: '** or pow()',
};

/** The two sides of an operator. Raises TypeError for what is neither tensor nor number. */
export function operandsOf(operator: Arithmetic, left: PyValue, right: PyValue): [Operand, Operand] {
  if (isOperand(left) && isOperand(right)) return [left, right];
  const sign = operators[operator];
  const isSequence = (value: PyValue): boolean => typeof value === 'string' || sequenceOf(value) !== null;
  if (operator === 'add' && isSequence(left)) {
    const type = cTypeName(left);
    throw new PythonError('TypeError', `can only concatenate ${type} (not "${cTypeName(right)}") to ${type}`);
  }
  if (operator === 'mul' && (isSequence(left) || isSequence(right))) {
    throw new PythonError(
      'TypeError',
      'only integer tensors of a single element can be converted to an index',
    );
  }
  throw new PythonError(
    'TypeError',
    `unsupported operand type(s) for ${sign}: '${cTypeName(left)}' and '${cTypeName(right)}'`,
  );
}

/** The other side of a method: `x.add(other)`, `x.mul_(other)`. Raises TypeError. */
export function checkOther(method: string, other: PyValue): void {
  if (!isOperand(other)) throw argumentError(method, 'other', 1, 'Tensor', other);
}

function isOperand(value: PyValue): value is Operand {
  return value instanceof Tensor || isNumber(value);
}

/** Shape and dtype of the result. Raises RuntimeError for operands on two devices, or that do not broadcast. */
export function elementwiseType(operator: Arithmetic, left: Operand, right: Operand): ResultType {
  const tensors = [left, right].filter((operand) => operand instanceof Tensor);
  checkSameDevice(tensors[0], tensors.slice(1));
  checkMetaShapes(tensors);
  const types = [typed(left), typed(right)];
  if (operator === 'sub' && types.every(({ dtype }) => dtype === 'bool')) throw subtractsBools();
  const common = resultType(types);
  const dtype = operator === 'div' && dtypes[common].kind !== 'float' ? 'float32' : common;
  return { shape: broadcastShapes(shapeOf(left), shapeOf(right)), dtype };
}

/** On meta other functions check, in other words. */
function checkMetaShapes(tensors: readonly Tensor[]): void {
  if (tensors.length < 2 || !tensors[0].isMeta) return;
  try {
    broadcastShapes(tensors[0].shape, tensors[1].shape);
  } catch {
    throw new NotBuilt('what meta says of shapes');
  }
}

/** The type of what an operation writes into its first operand. Raises RuntimeError where it does not fit in. */
export function checkFits(result: ResultType, into: Tensor): void {
  if (result.shape.join() === into.shape.join()) return;
  throw new PythonError(
    'RuntimeError',
    `output with shape [${into.shape.join(', ')}] doesn't match the broadcast shape [${result.shape.join(', ')}]`,
  );
}

/** Dtype of a function that computes in floats: of integers and bools float32. */
export function floatResult(dtype: DType): DType {
  return dtypes[dtype].kind === 'int' || dtypes[dtype].kind === 'bool' ? 'float32' : dtype;
}

export function subtractsBools(): PythonError {
  return new PythonError(
    'RuntimeError',
    'Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` ' +
      'operator instead.',
  );
}

/** `-tensor` of bools raises RuntimeError. */
export function checkNegation({ dtype }: Tensor): void {
  if (dtype !== 'bool') return;
  throw new PythonError(
    'RuntimeError',
    'Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or ' +
      '`logical_not()` operator instead.',
  );
}

function shapeOf(operand: Operand): Shape {
  return operand instanceof Tensor ? operand.shape : [];
}

function typed(operand: Operand): { dtype: DType; rank: number } {
  if (operand instanceof Tensor) return { dtype: operand.dtype, rank: operand.shape.length };
  if (operand instanceof PyFloat) return { dtype: 'float32', rank: -1 };
  return { dtype: typeof operand === 'boolean' ? 'bool' : 'int64', rank: -1 };
}
