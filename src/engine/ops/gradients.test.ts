/** Each primitive's gradient rule against finite differences, in float64 so that a wrong rule cannot hide in a tolerance. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numelOf, type Shape } from '../../torch/tensor';
import { GraphBuilder } from '../graph/builder';
import { gradients } from '../graph/gradients';
import type { OpName, ValueId } from '../graph/graph';
import { Plan } from '../reference/plan';
import { NUMBERS, type WindowOp, windowCase } from './testdata/window-case';

const RUNS = 40;
const STEP = 1e-5;
const TOLERANCE = 1e-6;

interface Case {
  readonly shapes: readonly Shape[];
  readonly build: (builder: GraphBuilder, inputs: readonly ValueId[]) => ValueId;
  /** Values the inputs lie around; 1.5 keeps them positive. */
  readonly centre?: number;
}

const size = fc.integer({ min: 1, max: 4 });
const shape = fc.array(size, { maxLength: 3 });

function partOf(full: Shape): fc.Arbitrary<Shape> {
  return fc
    .tuple(fc.nat(full.length), fc.array(fc.boolean(), { minLength: full.length, maxLength: full.length }))
    .map(([dropped, ones]) => full.map((d, axis) => (ones[axis] ? 1 : d)).slice(dropped));
}

const binary = (op: 'add' | 'sub' | 'mul' | 'div' | 'greater' | 'equal', centre = 0): fc.Arbitrary<Case> =>
  shape
    .chain((full) => fc.tuple(partOf(full), partOf(full)))
    .map((shapes) => ({ shapes, centre, build: (b, [x, y]) => b[op](x, y) }));

const unary = (
  op: 'neg' | 'exp' | 'log' | 'sqrt' | 'erf' | 'relu' | 'sigmoid' | 'softplus' | 'tanh',
  centre = 0,
): fc.Arbitrary<Case> => shape.map((one) => ({ shapes: [one], centre, build: (b, [x]) => b[op](x) }));

const reduction = (op: 'reduceSum' | 'reduceMean' | 'reduceMax'): fc.Arbitrary<Case> =>
  fc
    .tuple(fc.array(fc.tuple(size, fc.boolean()), { minLength: 1, maxLength: 4 }), fc.boolean())
    .filter(([axes]) => axes.some(([, reduced]) => reduced))
    .map(([axes, keepDims]) => ({
      shapes: [axes.map(([d]) => d)],
      build: (b, [x]) =>
        b[op](
          x,
          axes.flatMap(([, reduced], axis) => (reduced ? [axis] : [])),
          keepDims,
        ),
    }));

const windows = (op: WindowOp): fc.Arbitrary<Case> =>
  fc.array(fc.nat(11), { minLength: NUMBERS, maxLength: NUMBERS }).map((numbers) => windowCase(op, numbers));

/** Some axes of a shape of two at least, so that there is a spread to divide by. */
const standardized: fc.Arbitrary<Case> = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 2, max: 4 }), fc.boolean()), { minLength: 1, maxLength: 3 }),
    fc.boolean(),
  )
  .filter(([axes]) => axes.some(([, reduced]) => reduced))
  .map(([sizes, weighted]) => ({
    shapes: [sizes.map(([d]) => d), sizes.map(([d, reduced]) => (reduced ? 1 : d))],
    build: (b, [x, weight]) => {
      const axes = sizes.flatMap(([, reduced], axis) => (reduced ? [axis] : []));
      const centred = b.sub(x, b.reduceMean(x, axes, true));
      const variance = b.reduceMean(b.mul(centred, centred), axes, true);
      const spread = b.sqrt(b.add(variance, b.scalar(0.1)));
      return b.standardize(x, centred, spread, weighted ? weight : null);
    },
  }));

/** Only of once: what a network's own gradient is made of is not differentiated again. */
type Differentiated = Exclude<OpName, 'detach' | 'maxPoolGradient'>;

const cases: Record<Differentiated, fc.Arbitrary<Case>> = {
  add: binary('add'),
  sub: binary('sub'),
  mul: binary('mul'),
  div: binary('div', 1.5),
  greater: binary('greater'),
  equal: binary('equal'),
  where: shape
    .chain((full) => fc.tuple(partOf(full), partOf(full), partOf(full), partOf(full)))
    .map((shapes) => ({ shapes, build: (b, [l, r, x, y]) => b.where(b.greater(l, r), x, y) })),
  neg: unary('neg'),
  exp: unary('exp'),
  log: unary('log', 1.5),
  sqrt: unary('sqrt', 1.5),
  erf: unary('erf'),
  relu: unary('relu'),
  leakyRelu: shape.map((one) => ({ shapes: [one], build: (b, [x]) => b.leakyRelu(x, 0.3) })),
  sigmoid: unary('sigmoid'),
  softplus: unary('softplus'),
  tanh: unary('tanh'),
  softmax: fc
    .tuple(fc.array(size, { minLength: 1, maxLength: 3 }), fc.nat(2))
    .map(([one, axis]) => ({ shapes: [one], build: (b, [x]) => b.softmax(x, axis % one.length) })),
  standardize: standardized,
  matmul: fc
    .tuple(size, size, size, fc.boolean(), fc.boolean(), fc.boolean())
    .map(([n, k, m, transposeA, transposeB, biased]) => ({
      shapes: [transposeA ? [k, n] : [n, k], transposeB ? [m, k] : [k, m], ...(biased ? [[m]] : [])],
      build: (b, [x, y, bias]) => b.matmul(x, y, transposeA, transposeB, bias ?? null),
    })),
  conv: windows('conv'),
  convTranspose: windows('convTranspose'),
  convWeight: windows('convWeight'),
  maxPool: windows('maxPool'),
  avgPool: windows('avgPool'),
  reduceSum: reduction('reduceSum'),
  reduceMean: reduction('reduceMean'),
  reduceMax: reduction('reduceMax'),
  reshape: shape.map((one) => ({ shapes: [one], build: (b, [x]) => b.reshape(x, [numelOf(one), 1]) })),
  expand: shape
    .chain((full) => fc.tuple(partOf(full), fc.constant(full)))
    .map(([from, to]) => ({ shapes: [from], build: (b, [x]) => b.expand(x, to) })),
};

/**
 * `(f(inputs) * weights).sum()` with its gradients. `spread` makes the gradient that reaches f as small as a scalar,
 * which broadcasts, instead of as large as f.
 */
function differentiable({ shapes, build }: Case, spread: boolean): Plan {
  const b = new GraphBuilder();
  const inputs = shapes.map((one, i) => b.input(`x${i}`, one));
  const output = build(b, inputs);
  const full = b.shapeOf(output);
  const axes = full.map((_, axis) => axis);
  const weighted = spread ? output : b.mul(output, b.input('weights', full));
  const total = axes.length > 0 ? b.reduceSum(weighted, axes) : weighted;
  const grads = gradients(b, total, b.scalar(1), inputs);
  const outputs = new Map([['total', total]]);
  for (const [i, grad] of grads.entries()) if (grad !== null) outputs.set(`gradient${i}`, grad);
  return new Plan(b.finish(outputs), Float64Array);
}

/** Values in (-1, 1) in no order, far enough apart, and from zero, that no step crosses a kink or a tie. */
function scattered(count: number, seed: number): number[] {
  let state = seed;
  const keyed = Array.from({ length: count }, (_, rank) => {
    state = (state * 16807) % 2147483647;
    return [state, (2 * rank + 0.7) / count - 1] as const;
  });
  return keyed.sort(([a], [b]) => a - b).map(([, value]) => value);
}

function differ(one: Case, seed: number, spread: boolean): void {
  const plan = differentiable(one, spread);
  const inputs = [...plan.inputs.values()];
  const values = scattered(
    inputs.reduce((n, input) => n + input.length, 0),
    seed,
  );
  for (const input of inputs) {
    for (let i = 0; i < input.length; i++) input[i] = (one.centre ?? 0) + values.pop()!;
  }
  const totalAt = (input: Float32Array | Float64Array, i: number, value: number): number => {
    const before = input[i];
    input[i] = value;
    plan.run();
    input[i] = before;
    return plan.outputs.get('total')![0];
  };
  plan.run();
  const grads = one.shapes.map((_, i) => plan.outputs.get(`gradient${i}`)?.slice());
  for (const [at, grad] of grads.entries()) {
    const input = plan.inputs.get(`x${at}`)!;
    for (let i = 0; i < input.length; i++) {
      const slope = (totalAt(input, i, input[i] + STEP) - totalAt(input, i, input[i] - STEP)) / (2 * STEP);
      expect(Math.abs((grad?.[i] ?? 0) - slope)).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(slope)));
    }
  }
}

describe('gradient of', () => {
  it.each(Object.entries(cases))('%s', (_op, arbitrary) => {
    fc.assert(fc.property(arbitrary, fc.integer({ min: 1, max: 2147483646 }), fc.boolean(), differ), {
      numRuns: RUNS,
    });
  });

  it('a value used twice is the sum of both', () => {
    differ({ shapes: [[3]], build: (b, [x]) => b.mul(x, b.exp(x)) }, 1, false);
  });

  it('detach is none', () => {
    const b = new GraphBuilder();
    const x = b.input('x', [2]);
    expect(gradients(b, b.detach(x), b.scalar(1), [x])).toEqual([null]);
  });

  it('elements that tie for the maximum is shared', () => {
    const plan = differentiable({ shapes: [[4]], build: (b, [x]) => b.reduceMax(x, [0]) }, true);
    plan.inputs.get('x0')!.set([2, 5, 5, 1]);
    plan.run();
    expect([...plan.outputs.get('gradient0')!]).toEqual([0, 0.5, 0.5, 0]);
  });
});
