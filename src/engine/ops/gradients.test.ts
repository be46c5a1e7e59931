/** Each primitive's gradient rule against finite differences, in float64 so that a wrong rule cannot hide in a tolerance. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numelOf, type Shape } from '../../torch/tensor';
import { GraphBuilder } from '../graph/builder';
import { gradients } from '../graph/gradients';
import type { OpName, ValueId } from '../graph/graph';
import { Plan } from '../reference/plan';

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

const unary = (op: 'neg' | 'exp' | 'log' | 'sqrt' | 'relu', centre = 0): fc.Arbitrary<Case> =>
  shape.map((one) => ({ shapes: [one], centre, build: (b, [x]) => b[op](x) }));

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

const cases: Record<Exclude<OpName, 'detach'>, fc.Arbitrary<Case>> = {
  add: binary('add'),
  sub: binary('sub'),
  mul: binary('mul'),
  div: binary('div', 1.5),
  greater: binary('greater'),
  equal: binary('equal'),
  neg: unary('neg'),
  exp: unary('exp'),
  log: unary('log', 1.5),
  sqrt: unary('sqrt', 1.5),
  relu: unary('relu'),
  matmul: fc.tuple(size, size, size, fc.boolean(), fc.boolean()).map(([n, k, m, transposeA, transposeB]) => ({
    shapes: [transposeA ? [k, n] : [n, k], transposeB ? [m, k] : [k, m]],
    build: (b, [x, y]) => b.matmul(x, y, transposeA, transposeB),
  })),
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

function differ(one: Case, seed: number, spread: boolean): void {
  const plan = differentiable(one, spread);
  let state = seed;
  // Far enough apart, and from zero, that no step crosses a kink or a tie.
  const next = (): number => {
    state = (state * 16807) % 2147483647;
    return (one.centre ?? 0) + (Math.floor((state / 2147483647) * 2000) - 999.5) / 1000;
  };
  for (const input of plan.inputs.values()) for (let i = 0; i < input.length; i++) input[i] = next();
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
