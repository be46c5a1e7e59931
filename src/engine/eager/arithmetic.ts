/** `+`, `-`, `*`, `/`, `**` and `@`, functions of single elements, sums and means. */
import {
  arithmeticDerivative,
  type Derivative,
  matmulDerivative,
  reductionDerivative,
  type UnaryFunction,
  unaryDerivatives,
} from '../../torch/autograd/functions';
import type { Saved } from '../../torch/autograd/node';
import { saved, savedResult } from '../../torch/autograd/record';
import { NotBuilt } from '../../torch/errors';
import {
  type Arithmetic,
  checkFits,
  checkNegation,
  elementwiseType,
  floatResult,
  type Operand,
  operandsOf,
} from '../../torch/functions/elementwise';
import { matmulShape, matrices } from '../../torch/functions/matmul';
import { checkMean, reducedAxes, sumDtype } from '../../torch/functions/shapes';
import { checkRelu } from '../../torch/nn/activation';
import { isNumber, type PyValue, toNumber } from '../../torch/python/values';
import { Tensor } from '../../torch/tensor';
import type { GraphBuilder } from '../graph/builder';
import type { ValueId } from '../graph/graph';
import { apply, type Eager } from './eager';

/** `left + right`; with `into`, in place: `into += right`. */
export function arithmetic(
  eager: Eager,
  operator: Arithmetic,
  left: PyValue,
  right: PyValue,
  into: Tensor | null = null,
): Tensor {
  const operands = operandsOf(operator, left, right);
  const result = elementwiseType(operator, ...operands);
  if (into) checkFits(result, into);
  const derivative = arithmeticDerivative(operator, ...operands);
  const call = {
    operands,
    result,
    lower: (builder: GraphBuilder, [a, b]: readonly ValueId[]) =>
      lowered(operator, builder, a, b, operands[1]),
    ...recording(derivative, operands),
  };
  return apply(eager, call, into);
}

function lowered(
  operator: Arithmetic,
  builder: GraphBuilder,
  a: ValueId,
  b: ValueId,
  right: Operand,
): ValueId {
  if (operator !== 'pow') return builder[operator](a, b);
  const exponent = right instanceof Tensor ? Number.NaN : toNumber(right);
  if (exponent === 0.5) return builder.sqrt(a);
  if (!Number.isInteger(exponent) || exponent < 1 || exponent > 8)
    throw new NotBuilt('a power that is no small whole number');
  let power = a;
  for (let i = 1; i < exponent; i++) power = builder.mul(power, a);
  return power;
}

/** `exp(x)`, `-x`, `x.clone()`. */
export function unary(eager: Eager, fn: UnaryFunction, x: Tensor, into: Tensor | null = null): Tensor {
  if (fn === 'neg') checkNegation(x);
  if (fn === 'relu') checkRelu(x.dtype);
  const keepsType = fn === 'neg' || fn === 'relu' || fn === 'clone';
  const call = {
    operands: [x],
    result: { shape: x.shape, dtype: keepsType ? x.dtype : floatResult(x.dtype) },
    lower: (builder: GraphBuilder, [value]: readonly ValueId[]) =>
      fn === 'clone' ? value : builder[fn](value),
    ...recording(unaryDerivatives[fn], [x]),
  };
  return apply(eager, call, into);
}

export function matmul(eager: Eager, left: PyValue, right: PyValue): Tensor {
  const operands = matrices(left, right);
  const [a, b] = operands;
  const shape = matmulShape(a, b);
  const rows = a.shape.length === 1 ? [1, ...a.shape] : a.shape;
  const columns = b.shape.length === 1 ? [...b.shape, 1] : b.shape;
  return apply(eager, {
    operands,
    result: { shape, dtype: a.dtype },
    lower: (builder, [x, y]) =>
      builder.reshape(builder.matmul(builder.reshape(x, rows), builder.reshape(y, columns)), shape),
    ...recording(matmulDerivative(a, b), operands),
  });
}

/** `x.sum(dims)`; all axes where none is named. */
export function reduce(eager: Eager, fn: 'sum' | 'mean', x: Tensor, dims: readonly number[] = []): Tensor {
  if (fn === 'mean') checkMean(x.dtype);
  const axes = reducedAxes(dims, x);
  return apply(eager, {
    operands: [x],
    result: {
      shape: x.shape.filter((_, axis) => !axes.includes(axis)),
      dtype: fn === 'sum' ? sumDtype(x.dtype) : x.dtype,
    },
    lower: (builder, [value]) => {
      if (x.shape.length === 0) return value;
      return fn === 'sum' ? builder.reduceSum(value, axes) : builder.reduceMean(value, axes);
    },
    ...recording(reductionDerivative(fn, dims.length > 0), [x]),
  });
}

function recording(derivative: Derivative, operands: readonly Operand[]) {
  return {
    node: derivative.node,
    holds: derivative.reads(operands.map(() => true)).some((i) => isNumber(operands[i] as PyValue)),
    saves(needs: readonly boolean[], result: Tensor): readonly Saved[] {
      // A gradient is wanted of tensors alone; `needs` is theirs.
      const byOperand = operandNeeds(operands, needs);
      const read = derivative.reads(byOperand).map((i) => operands[i]);
      const inputs = read.filter((operand) => operand instanceof Tensor).map(saved);
      return derivative.readsResult ? [...inputs, savedResult(result, derivative.node)] : inputs;
    },
  };
}

function operandNeeds(operands: readonly Operand[], needs: readonly boolean[]): boolean[] {
  let next = 0;
  return operands.map((operand) => (operand instanceof Tensor ? needs[next++] : false));
}
