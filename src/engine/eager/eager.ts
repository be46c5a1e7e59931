/**
 * PyTorch as a learner's own lines run it: each function at once, recorded while gradients are wanted. What functions take,
 * raise and record is in `torch`; here their numbers come from the primitives that graphs are made of.
 */
import { GradMode } from '../../torch/autograd/grad-mode';
import { bumpVersion, checkInPlace } from '../../torch/autograd/in-place';
import type { Saved } from '../../torch/autograd/node';
import { record } from '../../torch/autograd/record';
import { copyInto } from '../../torch/elements';
import type { Operand, ResultType } from '../../torch/functions/elementwise';
import { checkCast } from '../../torch/promote';
import { toNumber } from '../../torch/python/values';
import type { Generator } from '../../torch/random/generator';
import { Storage, Tensor } from '../../torch/tensor';
import type { Warn } from '../../torch/warnings';
import { compute, differentiate, type Lower, precisionOf, tensorOf, type Values, valuesOf } from './compute';

export interface Eager {
  readonly gradMode: GradMode;
  readonly generator: Generator;
  readonly warn: Warn;
}

export function createEager(generator: Generator, warn: Warn): Eager {
  return { gradMode: new GradMode(), generator, warn };
}

/** A function of some operands, and what it records. */
export interface Call {
  readonly operands: readonly Operand[];
  readonly result: ResultType;
  readonly lower: Lower;
  /** Name of its node: `MulBackward0`. */
  readonly node: string;
  readonly saves: (needs: readonly boolean[], result: Tensor) => readonly Saved[];
  readonly holds?: boolean;
}

/** Computes a function, into a new tensor or in place into one of its operands. */
export function apply(eager: Eager, call: Call, into: Tensor | null = null): Tensor {
  const { operands, result } = call;
  const tensors = operands.filter((operand) => operand instanceof Tensor);
  if (into) {
    checkInPlace(into, eager.gradMode);
    checkCast(result.dtype, into.dtype);
  }
  if (tensors.some((tensor) => tensor.isMeta)) return recorded(eager, call, into ?? onMeta(result), null);
  const values = operands.map((operand) =>
    operand instanceof Tensor ? valuesOf(operand) : scalarOf(operand),
  );
  const precision = precisionOf([...tensors.map(({ dtype }) => dtype), result.dtype]);
  const computed = tensorOf(compute(call.lower, values, precision), result.shape, result.dtype);
  if (!into) return recorded(eager, call, made(eager, computed), values);
  copyInto(into, computed);
  bumpVersion(into);
  return recorded(eager, call, into, values);
}

function recorded(eager: Eager, call: Call, result: Tensor, values: readonly Values[] | null): Tensor {
  const { operands, lower } = call;
  const tensors = operands.filter((operand) => operand instanceof Tensor);
  record(eager.gradMode, result, {
    name: call.node,
    inputs: tensors,
    saves: (needs) => call.saves(needs, result),
    holds: call.holds ?? false,
    backward(grad) {
      if (!values) return tensors.map((tensor) => onMeta(tensor));
      const wanted = operands.map((operand) => operand instanceof Tensor);
      const precision = precisionOf([grad.dtype, ...tensors.map(({ dtype }) => dtype)]);
      const grads = differentiate(lower, values, valuesOf(grad), wanted, precision).filter(
        (one) => one !== null,
      );
      return tensors.map(({ shape, dtype }, i) => tensorOf(grads[i], shape, dtype));
    },
  });
  return result;
}

/** A new tensor: in inference mode an inference tensor. */
export function made(eager: Eager, tensor: Tensor): Tensor {
  tensor.inference = eager.gradMode.inference;
  return tensor;
}

/** A tensor of this shape and dtype without numbers. */
export function onMeta({ shape, dtype }: ResultType): Tensor {
  return new Tensor(new Storage(dtype, new Uint8Array(0), 'meta'), shape);
}

function scalarOf(value: Exclude<Operand, Tensor>): Values {
  return { shape: [], data: Float64Array.of(toNumber(value)) };
}
