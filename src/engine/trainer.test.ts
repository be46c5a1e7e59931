/** Training many batches at once must be the same as one at a time, and stop where PyTorch stops. */
import { describe, expect, it } from 'vitest';
import { PythonError } from '../torch/errors';
import { BatchNorm1d } from '../torch/nn/batchnorm';
import { Sequential } from '../torch/nn/container';
import { CrossEntropyLoss } from '../torch/nn/cross-entropy-loss';
import { Dropout } from '../torch/nn/dropout';
import { createLayer } from '../torch/nn/layer-class';
import { Linear } from '../torch/nn/linear';
import { bind } from '../torch/nn/signature';
import { AdamW } from '../torch/optim/adamw';
import type { OptimizerClass } from '../torch/optim/registry';
import { SGD } from '../torch/optim/sgd';
import { PyFloat, type PyValue } from '../torch/python/values';
import { uniform } from '../torch/random/distributions';
import { Generator } from '../torch/random/generator';
import { Tensor } from '../torch/tensor';
import { type Batch, ReferenceBackend, runForward, Trainer, type TrainerOptions } from '.';

const none = { args: [], kwargs: new Map<string, PyValue>() };

function setup(options: TrainerOptions = {}, optimizerClass: OptimizerClass = SGD) {
  const generator = new Generator(5);
  const net = Sequential.of([
    createLayer(Linear, { ...none, args: [2, 4] }, generator),
    createLayer(BatchNorm1d, { ...none, args: [4] }, generator),
    createLayer(Dropout, none, generator),
    createLayer(Linear, { ...none, args: [4, 3] }, generator),
  ]);
  const criterion = CrossEntropyLoss.create(
    bind('CrossEntropyLoss', CrossEntropyLoss.signature, none),
    generator,
  );
  const settings = new Map<string, PyValue>([
    ['lr', new PyFloat(0.1)],
    ...(optimizerClass === SGD
      ? ([
          ['momentum', new PyFloat(0.9)],
          ['dampening', new PyFloat(0.5)],
        ] as const)
      : []),
  ]);
  const optimizer = new optimizerClass(
    [...net.namedParameters()].map(([, parameter]) => parameter),
    settings,
  );
  const backend = new ReferenceBackend();
  const trainer = new Trainer(backend, net, criterion, optimizer, generator, options);
  const state = (): number[][] =>
    [...net.namedParameters(), ...net.namedBuffers()].map(([, tensor]) => [...tensor.contiguousBytes()]);
  return { backend, net, optimizer, trainer, generator, state };
}

const batchOf = (rows: number, labels = 3): Batch => ({
  input: { shape: [rows, 2], values: uniform(new Generator(rows), rows * 2, -1, 1) },
  target: Tensor.int64(
    Array.from({ length: rows }, (_, i) => i % labels),
    [rows],
  ),
});

describe('Trainer', () => {
  it.each([{}, { zeroGrad: false }, { accumulate: 2 }])(
    'computes steps together as it does one by one: %j',
    async (options) => {
      const batches = [batchOf(6), batchOf(6), batchOf(6), batchOf(4), batchOf(6), batchOf(6)];
      const together = setup(options);
      const apart = setup(options);
      const { losses } = await together.trainer.steps(batches);
      const single: number[] = [];
      for (const batch of batches) single.push(...(await apart.trainer.steps([batch])).losses);
      expect([...losses]).toEqual(single);
      expect(together.state()).toEqual(apart.state());
      expect(together.generator.draws).toBe(apart.generator.draws);
    },
  );

  it('counts the steps of each parameter, and corrects by its own count', async () => {
    const freeze = (net: Sequential, requiresGrad: boolean): void => {
      [...net.namedParameters()][0][1].requiresGrad = requiresGrad;
    };
    const run = async (steps: readonly number[]) => {
      const { net, optimizer, trainer, state } = setup({}, AdamW);
      freeze(net, false);
      await trainer.steps(new Array<Batch>(2).fill(batchOf(6)));
      freeze(net, true);
      for (const count of steps) await trainer.steps(new Array<Batch>(count).fill(batchOf(6)));
      const counts = optimizer.parameters.map((parameter) => [
        ...optimizer.state.get(parameter)!.get('step')!.float32Data(),
      ]);
      return { state: state(), counts };
    };
    const together = await run([3]);
    expect(together.counts).toEqual([[3], [5], [5], [5], [5], [5]]);
    expect(await run([1, 1, 1])).toEqual(together);
  });

  it('changes nothing when it is watched', async () => {
    const watched = setup();
    const plain = setup();
    const { observations, losses } = await watched.trainer.steps([batchOf(6), batchOf(6)], { observe: true });
    expect(losses).toEqual((await plain.trainer.steps([batchOf(6), batchOf(6)])).losses);
    expect(watched.state()).toEqual(plain.state());
    expect(observations.map(({ loss }) => loss)).toEqual([...losses]);
    expect([...observations[0].gradients.keys()]).toEqual(
      [...watched.net.namedParameters()].map(([key]) => key),
    );
  });

  it('takes a learning rate that changes between calls', async () => {
    const { trainer, optimizer, state } = setup();
    await trainer.steps([batchOf(6)]);
    optimizer.paramGroups[0].options.set('lr', 0);
    const before = state().slice(0, 6);
    await trainer.steps([batchOf(6)]);
    expect(state().slice(0, 6)).toEqual(before);
  });

  it('has trained on the batches before one that raises, and has run that one as far as PyTorch does', async () => {
    const { trainer, net, state } = setup();
    const expected = setup();
    await expected.trainer.steps([batchOf(6)]);
    await runForward(expected.backend, expected.net, batchOf(6).input, expected.generator);
    const bad = { ...batchOf(6), target: Tensor.int64([0, 1, 2, 3, 0, 1], [6]) };
    await expect(trainer.steps([batchOf(6), bad, batchOf(6)])).rejects.toThrow('Target 3 is out of bounds.');
    expect(state()).toEqual(expected.state());
    expect(net.modules.get('1')!.buffers.get('num_batches_tracked')!.int64Data()[0]).toBe(2n);
  });

  it('raises where nothing requires a gradient', async () => {
    const { trainer, net } = setup();
    for (const [, parameter] of net.namedParameters()) parameter.requiresGrad = false;
    await expect(trainer.steps([batchOf(6)])).rejects.toThrow(
      new PythonError(
        'RuntimeError',
        'element 0 of tensors does not require grad and does not have a grad_fn',
      ),
    );
  });
});
