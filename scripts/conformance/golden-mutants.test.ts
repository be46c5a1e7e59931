/** The check itself: an engine with one mistake must fail the committed golden cases. */
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReferenceBackend } from '../../src/engine';
import { GraphCache } from '../../src/engine/graph/cache';
import type { OpName, ValueId } from '../../src/engine/graph/graph';
import { crossEntropy } from '../../src/engine/graph/losses/cross-entropy';
import { adam } from '../../src/engine/graph/optimizers/adam';
import type { OptimizerRule, Slot } from '../../src/engine/graph/optimizers/rule';
import { sgd } from '../../src/engine/graph/optimizers/sgd';
import { ops } from '../../src/engine/ops';
import type { GradientContext, Op } from '../../src/engine/ops/op';
import { GELU, LeakyReLU } from '../../src/torch/nn/activation';
import { BatchNorm1d } from '../../src/torch/nn/batchnorm';
import { BCEWithLogitsLoss } from '../../src/torch/nn/bce-with-logits-loss';
import { Conv2d } from '../../src/torch/nn/conv';
import { CrossEntropyLoss } from '../../src/torch/nn/cross-entropy-loss';
import { Dropout } from '../../src/torch/nn/dropout';
import { MSELoss } from '../../src/torch/nn/mse-loss';
import { LayerNorm } from '../../src/torch/nn/normalization';
import { AvgPool2d } from '../../src/torch/nn/pooling';
import type { PyValue } from '../../src/torch/python/values';
import { type CaseResult, goldenResults } from './golden';
import { readCase } from './golden-case';
import { runCase } from './golden-protocol';
import { fedMutants } from './mutants';

const dir = fileURLToPath(new URL('../../src/engine/testdata/golden', import.meta.url));

/** The first case whose numbers are wrong: an engine that broke down altogether would prove nothing. */
async function caughtBy(backend: ReferenceBackend): Promise<CaseResult | undefined> {
  for await (const result of goldenResults(dir, backend)) {
    if (result.differences.some((difference) => / off by |\] is /.test(difference))) return result;
  }
  return undefined;
}

// A mistake in what the last case alone has is found after all the others have run.
describe('the check catches', { timeout: 60_000 }, () => {
  // Graphs made by one mutant must not be what the next one runs.
  beforeEach(() => {
    vi.spyOn(GraphCache.prototype, 'get').mockImplementation((_key, lower) => lower());
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(Object.entries(fedMutants))('%s', async (_name, make) => {
    expect(await caughtBy(make())).toBeDefined();
  });

  const primitives = Object.keys(ops) as OpName[];
  /**
   * What a comparison decides and a copy passes on has no size that could be wrong, and softmax does not depend on the
   * maximum that keeps its exp from overflowing.
   */
  const unscaled: readonly string[] = ['greater', 'equal', 'reshape', 'expand', 'detach', 'reduceMax'];
  const scaled = primitives.filter((name) => !unscaled.includes(name));

  it.each(scaled)('a kernel of %s that is off by a thousandth', async (name) => {
    const op = ops[name] as Op<OpName>;
    const { kernel } = op;
    vi.spyOn(op, 'kernel').mockImplementation((inputs, output, attributes) => {
      const compute = kernel.call(op, inputs, output, attributes);
      return () => {
        compute();
        for (let i = 0; i < output.data.length; i++) output.data[i] *= 1.001;
      };
    });
    expect(await caughtBy(new ReferenceBackend())).toBeDefined();
  });

  /** Primitives that carry no gradient, or that stand in the gradients of networks alone. */
  const undifferentiated: readonly string[] = [
    ...['greater', 'equal', 'detach', 'expand', 'reduceMax', 'sqrt', 'where'],
    ...['maxPoolGradient', 'convTranspose', 'convWeight'],
  ];
  const differentiated = primitives.filter((name) => !undifferentiated.includes(name));

  it.each(differentiated)('a gradient of %s that is off by a hundredth', async (name) => {
    const op = ops[name] as Op<OpName>;
    const { gradient } = op;
    vi.spyOn(op, 'gradient').mockImplementation((context: GradientContext<OpName>) => {
      const off = context.builder.scalar(1.01);
      const wrong = (part: ValueId | null) => (part === null ? null : context.builder.mul(part, off));
      return gradient.call(op, context).map(wrong);
    });
    expect(await caughtBy(new ReferenceBackend())).toBeDefined();
  });

  it.each([
    ['SGD', 'momentum', 0, sgd],
    ['SGD', 'weight_decay', 0, sgd],
    ['SGD', 'nesterov', false, sgd],
    ['Adam', 'weight_decay', 0, adam],
    ['Adam', 'amsgrad', false, adam],
    ['Adam', 'decoupled_weight_decay', false, adam],
    ['Adam', 'decoupled_weight_decay', true, adam],
    ['Adam', 'maximize', true, adam],
  ] as const)('%s with %s taken as %s', async (_kind, option, value, rule) => {
    const wrong = (options: ReadonlyMap<string, PyValue>) => new Map([...options, [option, value] as const]);
    mutateGroups(rule, wrong);
    expect(await caughtBy(new ReferenceBackend())).toBeDefined();
  });

  const misread = [
    [CrossEntropyLoss, 'labelSmoothing', 0],
    [CrossEntropyLoss, 'weight', null],
    [CrossEntropyLoss, 'ignoreIndex', -100],
    [CrossEntropyLoss, 'reduction', 'mean'],
    [BCEWithLogitsLoss, 'weight', null],
    [BCEWithLogitsLoss, 'posWeight', null],
    [MSELoss, 'reduction', 'sum'],
    [LeakyReLU, 'negativeSlope', 0.01],
    [GELU, 'approximate', 'none'],
    [GELU, 'approximate', 'tanh'],
    [LayerNorm, 'eps', 1e-3],
    [BatchNorm1d, 'eps', 1e-4],
    [BatchNorm1d, 'usesBatchStatistics', true],
    [BatchNorm1d, 'usesBatchStatistics', false],
    [BatchNorm1d, 'updatesRunningStatistics', false],
    [Dropout, 'keptFactor', 1],
    [AvgPool2d, 'countIncludePad', true],
    [Conv2d, 'dilation', [1, 1]],
  ] as const;

  it.each(misread.map(([cls, option, value]) => ({ cls, option, value })))(
    '$cls.kind with $option taken as $value',
    async ({ cls, option, value }) => {
      const owner = ownerOf(cls.prototype, option);
      vi.spyOn(owner as never, option as never, 'get').mockReturnValue(value as never);
      expect(await caughtBy(new ReferenceBackend())).toBeDefined();
    },
  );

  it('a cross entropy that divides by the batch, not by its weights', async () => {
    const { encode } = crossEntropy;
    vi.spyOn(crossEntropy, 'encode').mockImplementation((loss, output, target) => {
      const encoded = encode.call(crossEntropy, loss, output, target);
      const total = encoded.values.reduce((sum, value) => sum + value, 0);
      return { ...encoded, values: encoded.values.map((value) => value / total / output[0]) };
    });
    expect(await caughtBy(new ReferenceBackend())).toBeDefined();
  });

  it.each([
    ['a missing zero_grad', '000-momentum-none-dropout-nesterov', { zero_grad: false }],
    ['a zero_grad too many', '002-no-zero-grad', {}],
    ['one batch for a step of three', '003-accumulate-freeze', { freeze: ['0.weight'] }],
    ['a frozen parameter that moves', '003-accumulate-freeze', { accumulate: 3 }],
    ['a module in the wrong mode', '000-momentum-none-dropout-nesterov', { eval_modules: ['1'] }],
  ] as const)('%s', async (_name, id, options) => {
    const golden = readCase(dir, id);
    expect((await runCase(golden, new ReferenceBackend())).differences).toEqual([]);
    const { differences } = await runCase({ ...golden, options }, new ReferenceBackend());
    expect(differences.join()).toContain(' off by ');
  });

  it('a seed read as a double', async () => {
    const golden = readCase(dir, '001-nested-names-dampening');
    const { differences } = await runCase({ ...golden, seed: golden.seed + 1n }, new ReferenceBackend());
    expect(differences.some((difference) => difference.startsWith('init.'))).toBe(true);
  });

  it('a tensor that was not computed', async () => {
    const golden = readCase(dir, '002-no-zero-grad');
    const tensors = { ...golden.tensors, 'B.more': golden.tensors['B.loss'] };
    const { differences } = await runCase({ ...golden, tensors }, new ReferenceBackend());
    expect(differences).toEqual(['B.more was not computed']);
  });
});

/** The prototype that defines a getter. */
function ownerOf(prototype: object, name: string): object {
  return Object.hasOwn(prototype, name) ? prototype : ownerOf(Object.getPrototypeOf(prototype), name);
}

/** The rule sees other options of each group than the learner chose. */
function mutateGroups(
  rule: OptimizerRule,
  wrong: (options: ReadonlyMap<string, PyValue>) => Map<string, PyValue>,
): void {
  const { lower, perStep } = rule;
  const mistaken = (slot: Slot): Slot => ({
    ...slot,
    group: { ...slot.group, options: wrong(slot.group.options) },
  });
  vi.spyOn(rule, 'lower').mockImplementation((slot, ...rest) => lower.call(rule, mistaken(slot), ...rest));
  vi.spyOn(rule, 'perStep').mockImplementation((slot, ...rest) =>
    perStep.call(rule, mistaken(slot), ...rest),
  );
}
