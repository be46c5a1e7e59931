/** Each primitive, lowered to ONNX and run by onnxruntime-web, beside the TypeScript kernel. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numelOf, type Shape } from '../../torch/tensor';
import { GraphBuilder } from '../graph/builder';
import type { OpName, ValueId } from '../graph/graph';
import { NUMBERS, type WindowOp, windowCase } from '../ops/testdata/window-case';
import { ReferenceBackend } from '../reference/backend';
import type { LocalBackend } from './local-backend';
import { openNodeBackend } from './node-backend';

const RUNS = 12;
/** Relative to the largest value a sum passes through: float32 sums beside the reference's sums in double. */
const TOLERANCE = 2e-6;

type Build = (builder: GraphBuilder, inputs: readonly ValueId[]) => ValueId;

interface Case {
  readonly shapes: readonly Shape[];
  readonly build: Build;
  /** Range of the inputs. */
  readonly from?: number;
}

const size = fc.integer({ min: 1, max: 5 });
const shape = fc.array(size, { maxLength: 4 });
const matrixSizes = fc.tuple(size, size, size, fc.boolean(), fc.boolean());

/** Two shapes that broadcast: parts of one shape, with axes at 1. */
const broadcastShapes = shape.chain((full) =>
  fc.tuple(partOf(full), partOf(full)).map((pair): readonly Shape[] => pair),
);

function partOf(full: Shape): fc.Arbitrary<Shape> {
  return fc
    .tuple(fc.nat(full.length), fc.array(fc.boolean(), { minLength: full.length, maxLength: full.length }))
    .map(([dropped, ones]) => full.map((d, axis) => (ones[axis] ? 1 : d)).slice(dropped));
}

const binary = (op: 'add' | 'sub' | 'mul' | 'greater' | 'equal' | 'div'): fc.Arbitrary<Case> =>
  broadcastShapes.map((shapes) => ({
    shapes,
    build: (b, [x, y]) => b[op](x, y),
    from: op === 'div' ? 0.5 : -2,
  }));

const unary = (
  op: 'neg' | 'exp' | 'log' | 'sqrt' | 'erf' | 'relu' | 'sigmoid' | 'softplus' | 'tanh' | 'detach',
): fc.Arbitrary<Case> =>
  shape.map((one) => ({
    shapes: [one],
    build: (b, [x]) => b[op](x),
    from: op === 'log' || op === 'sqrt' ? 0.25 : -2,
  }));

const reduction = (op: 'reduceSum' | 'reduceMean' | 'reduceMax'): fc.Arbitrary<Case> =>
  fc
    .array(fc.tuple(size, fc.boolean()), { minLength: 1, maxLength: 4 })
    .filter((axes) => axes.some(([, reduced]) => reduced))
    .chain((axes) => fc.boolean().map((keepDims) => ({ axes, keepDims })))
    .map(({ axes, keepDims }) => ({
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

const cases: Record<OpName, fc.Arbitrary<Case>> = {
  add: binary('add'),
  sub: binary('sub'),
  mul: binary('mul'),
  div: binary('div'),
  greater: binary('greater'),
  equal: binary('equal'),
  where: shape
    .chain((full) => fc.tuple(partOf(full), partOf(full), partOf(full), partOf(full)))
    .map((shapes) => ({ shapes, build: (b, [l, r, x, y]) => b.where(b.equal(l, r), x, y) })),
  neg: unary('neg'),
  exp: unary('exp'),
  log: unary('log'),
  sqrt: unary('sqrt'),
  erf: unary('erf'),
  relu: unary('relu'),
  leakyRelu: shape.map((one) => ({ shapes: [one], build: (b, [x]) => b.leakyRelu(x, 0.25) })),
  sigmoid: unary('sigmoid'),
  softplus: unary('softplus'),
  tanh: unary('tanh'),
  softmax: fc
    .tuple(fc.array(size, { minLength: 1, maxLength: 4 }), fc.nat(3))
    .map(([one, axis]) => ({ shapes: [one], build: (b, [x]) => b.softmax(x, axis % one.length) })),
  detach: unary('detach'),
  standardize: fc.tuple(size, size, fc.boolean()).map(([n, m, weighted]) => ({
    shapes: [[n, m], [n, 1], ...(weighted ? [[n, 1]] : [])],
    build: (b, [x, s, weight]) => b.standardize(x, x, s, weight),
    from: 0.5,
  })),
  matmul: matrixSizes.map(([n, k, m, transposeA, transposeB]) => ({
    shapes: [transposeA ? [k, n] : [n, k], transposeB ? [m, k] : [k, m], ...(m > 2 ? [[m]] : [])],
    build: (b, [x, y, bias]) => b.matmul(x, y, transposeA, transposeB, bias),
  })),
  conv: windows('conv'),
  convTranspose: windows('convTranspose'),
  convWeight: windows('convWeight'),
  maxPool: windows('maxPool'),
  maxPoolGradient: windows('maxPoolGradient'),
  avgPool: windows('avgPool'),
  reduceSum: reduction('reduceSum'),
  reduceMean: reduction('reduceMean'),
  reduceMax: reduction('reduceMax'),
  reshape: shape.map((one) => ({ shapes: [one], build: (b, [x]) => b.reshape(x, [...one, 1].reverse()) })),
  expand: shape.chain((full) =>
    partOf(full).map((part) => ({ shapes: [part], build: (b, [x]) => b.expand(x, full) })),
  ),
};

describe('each primitive on WASM gives what the reference gives', () => {
  let wasm: LocalBackend;
  const reference = new ReferenceBackend();
  beforeAll(async () => {
    wasm = await openNodeBackend();
  });
  afterAll(() => wasm.dispose());

  it.each(Object.entries(cases))('%s', async (op, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, fc.nat(), async ({ shapes, build, from = -2 }, seed) => {
        const builder = new GraphBuilder();
        const inputs = shapes.map((one, i) => builder.input(`x${i}`, one));
        const output = build(builder, inputs);
        const graph = builder.finish(new Map([['y', output]]));
        const feeds = new Map(shapes.map((one, i) => [`x${i}`, steps(numelOf(one), seed + i, from)]));
        const want = reference.runSync(graph, feeds).get('y')!;
        const got = (await wasm.run(graph, feeds)).get('y')!;
        expect(got.length).toBe(want.length);
        const scale = Math.max(1, ...want.map(Math.abs)) * 8;
        for (const [i, value] of want.entries())
          expect(Math.abs(got[i] - value), `${op} at ${i}`).toBeLessThanOrEqual(TOLERANCE * scale);
      }),
      { numRuns: RUNS },
    );
  });
});

/** Multiples of 1/4 in [from, from + 4), scrambled: exact in float32, with equal values among them. */
function steps(length: number, seed: number, from: number): Float32Array {
  return Float32Array.from(
    { length },
    (_, i) => from + ((Math.imul(i + 1, 2654435761) ^ Math.imul(seed + 1, 40503)) >>> 28) / 4,
  );
}
