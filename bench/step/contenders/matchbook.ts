/** Matchbook's three levels, as a notebook uses them: WASM and WebGPU in their worker. */
import { type Backend, type Batch, ReferenceBackend, runForward, Trainer } from '../../../src/engine';
import { openLevels } from '../../../src/engine/open-levels';
import { LocalBackend } from '../../../src/engine/ort/local-backend';
import { Queue } from '../../../src/engine/ort/queue';
import { loadRuntime } from '../../../src/engine/ort/runtime';
import { CrossEntropyLoss } from '../../../src/torch/nn/cross-entropy-loss';
import { bind } from '../../../src/torch/nn/signature';
import { SGD } from '../../../src/torch/optim/sgd';
import { PyFloat } from '../../../src/torch/python/values';
import { Generator } from '../../../src/torch/random/generator';
import { Tensor } from '../../../src/torch/tensor';
import type { Contender, Entry } from '../contender';
import { batchesOf, buildNet, LEARNING_RATE, maskGenerator, type Workload } from '../workload';

/** Steps of one call, about what a frame takes. */
const STEPS = 32;

const levels = openLevels();
const nothing = (): void => undefined;

export const matchbook: readonly Entry[] = [
  entry('Matchbook TypeScript', 'cpu', async () => new ReferenceBackend()),
  entry('Matchbook WASM', 'cpu', () => levels.open('wasm', nothing)),
  entry('Matchbook WebGPU', 'gpu', () => levels.open('webgpu', nothing)),
];

/** The WebGPU level on this very thread, for what it costs the thread. */
export const matchbookHere = entry('Matchbook WebGPU here', 'gpu', async () => {
  const ort = await loadRuntime('Suspending' in WebAssembly ? 'jspi' : 'asyncify', nothing);
  return new LocalBackend('webgpu', ort, new Queue());
});

function entry(name: string, device: Entry['device'], open: () => Promise<Backend>): Entry {
  let backend: Promise<Backend> | null = null;
  return {
    name,
    device,
    async open(workload) {
      backend ??= open();
      return contender(await backend, workload);
    },
  };
}

function contender(backend: Backend, workload: Workload): Contender {
  const net = buildNet(workload);
  const generator = maskGenerator();
  const options = new Map([['lr', new PyFloat(LEARNING_RATE)]]);
  const optimizer = new SGD(
    [...net.namedParameters()].map(([, parameter]) => parameter),
    options,
  );
  const loss = CrossEntropyLoss.create(
    bind(CrossEntropyLoss.kind, CrossEntropyLoss.signature, { args: [], kwargs: new Map() }),
    new Generator(0),
  );
  const trainer = new Trainer(backend, net, loss, optimizer, generator);
  const batches: Batch[] = batchesOf(workload).map(({ x, labels }) => ({
    input: { shape: workload.input, values: x },
    target: Tensor.int64([...labels], [labels.length]),
  }));
  let step = 0;
  return {
    async train(steps) {
      net.train();
      const losses = new Float32Array(steps);
      for (let done = 0; done < steps; ) {
        const some = Array.from(
          { length: Math.min(STEPS, steps - done) },
          () => batches[step++ % batches.length],
        );
        losses.set((await trainer.steps(some)).losses, done);
        done += some.length;
      }
      return losses;
    },
    async forward(times) {
      net.eval();
      let output = new Float32Array();
      for (let i = 0; i < times; i++) {
        const seen = await runForward(backend, net, batches[0].input, generator, { observe: false });
        output = Float32Array.from(seen.output.values);
      }
      return output;
    },
  };
}
