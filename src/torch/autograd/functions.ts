/**
 * What functions of tensors record (tools/autograd/derivatives.yaml): the name of their node, and which operands or whether
 * the result their backward reads.
 */
import type { Arithmetic, Operand } from '../functions/elementwise';
import { Tensor } from '../tensor';

export interface Derivative {
  /** `MulBackward0` */
  readonly node: string;
  /** Indices of operands, given which of them need a gradient. */
  readonly reads: (needs: readonly boolean[]) => readonly number[];
  readonly readsResult?: true;
}

const nothing = (): readonly number[] => [];
const input = (): readonly number[] => [0];
/** The gradient of one side is made of the other. */
const crosswise = ([a, b]: readonly boolean[]): readonly number[] => [...(b ? [0] : []), ...(a ? [1] : [])];

export const unaryDerivatives = {
  neg: { node: 'NegBackward0', reads: nothing },
  exp: { node: 'ExpBackward0', reads: nothing, readsResult: true },
  log: { node: 'LogBackward0', reads: input },
  sqrt: { node: 'SqrtBackward0', reads: nothing, readsResult: true },
  relu: { node: 'ReluBackward0', reads: nothing, readsResult: true },
  sigmoid: { node: 'SigmoidBackward0', reads: nothing, readsResult: true },
  tanh: { node: 'TanhBackward0', reads: nothing, readsResult: true },
  clone: { node: 'CloneBackward0', reads: nothing },
} as const satisfies Readonly<Record<string, Derivative>>;

export type UnaryFunction = keyof typeof unaryDerivatives;

/** By the operator and by which side is a Python number. */
export function arithmeticDerivative(operator: Arithmetic, left: Operand, right: Operand): Derivative {
  const numberFirst = !(left instanceof Tensor);
  switch (operator) {
    case 'add':
      return { node: 'AddBackward0', reads: nothing };
    case 'sub':
      return { node: numberFirst ? 'RsubBackward1' : 'SubBackward0', reads: nothing };
    case 'mul':
      return { node: 'MulBackward0', reads: crosswise };
    case 'div':
      // A number over a tensor is its reciprocal, times the number.
      return numberFirst
        ? { node: 'MulBackward0', reads: () => [1] }
        : { node: 'DivBackward0', reads: ([, b]) => (b ? [0, 1] : [1]) };
    case 'pow':
      if (right instanceof Tensor)
        return { node: numberFirst ? 'PowBackward2' : 'PowBackward1', reads: () => [0, 1] };
      return { node: 'PowBackward0', reads: input };
  }
}

/** Of vectors and matrices, by their numbers of axes. */
export function matmulDerivative(a: Tensor, b: Tensor): Derivative {
  const [vectorFirst, vectorSecond] = [a.shape.length === 1, b.shape.length === 1];
  const node = vectorSecond
    ? vectorFirst
      ? 'DotBackward0'
      : 'MvBackward0'
    : vectorFirst
      ? 'SqueezeBackward4'
      : 'MmBackward0';
  return { node, reads: crosswise };
}

/** `sum()` and `mean()` over everything differ from those over axes that were named. */
export function reductionDerivative(fn: 'sum' | 'mean', named: boolean): Derivative {
  return { node: `${fn === 'sum' ? 'Sum' : 'Mean'}Backward${named ? 1 : 0}`, reads: nothing };
}

export const castDerivative: Derivative = { node: 'ToCopyBackward0', reads: nothing };

/** Names of the nodes of views. */
export const viewNodes = {
  view: 'ViewBackward0',
  t: 'TBackward0',
  unsafeView: 'UnsafeViewBackward0',
} as const;
