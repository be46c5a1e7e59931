/** K steps in one Scan beside the reference's loop; and graphs whose outputs are inputs, constants or each other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder';
import type { StepGraph } from '../graph/graph';
import { ReferenceBackend } from '../reference/backend';
import type { LocalBackend } from './local-backend';
import { openNodeBackend } from './node-backend';

const BATCH = 6;

/** Gradient descent with momentum on squared error, a scalar per step, a running mean, and values that pass through. */
function step(): StepGraph {
  const b = new GraphBuilder();
  const x = b.input('x', [BATCH, 3]);
  const weight = b.input('weight', [2, 3]);
  const momentum = b.input('momentum:weight', [2, 3]);
  const running = b.input('running', [2]);
  const lr = b.input('lr', []);
  const factor = b.input('factor', []);
  const y = b.matmul(x, weight, false, true);
  const error = b.sub(y, b.input('target', [BATCH, 2]));
  const gradient = b.matmul(error, x, true);
  const nextMomentum = b.add(b.mul(momentum, b.scalar(0.9)), gradient);
  const mean = b.reduceMean(y, [0]);
  const outputs = new Map([
    ['loss', b.reduceMean(b.mul(error, error), [0, 1])],
    ['next:weight', b.sub(weight, b.mul(lr, nextMomentum))],
    ['next:momentum', nextMomentum],
    ['next:running', b.add(running, b.mul(factor, b.sub(mean, running)))],
    ['momentum twice', nextMomentum],
    ['still', b.input('still', [2])],
    ['one', b.scalar(1)],
  ]);
  return {
    graph: b.finish(outputs),
    state: [
      { input: 'weight', output: 'next:weight', shape: [2, 3] },
      { input: 'momentum:weight', output: 'next:momentum', shape: [2, 3] },
      { input: 'running', output: 'next:running', shape: [2] },
      { input: 'still', output: 'still', shape: [2] },
    ],
    perStep: ['x', 'target', 'factor'],
    shared: ['lr'],
    collected: ['loss', 'next:weight', 'momentum twice', 'one'],
  };
}

const waves = (length: number, phase = 0): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin(1.7 * i + phase));

const feedsOf = (steps: number) => ({
  state: new Map([
    ['weight', waves(6, 1)],
    ['momentum:weight', new Float32Array(6)],
    ['running', waves(2, 2)],
    ['still', waves(2, 3)],
  ]),
  perStep: new Map([
    ['x', waves(steps * BATCH * 3)],
    ['target', waves(steps * BATCH * 2, 4)],
    ['factor', Float32Array.from({ length: steps }, (_, k) => 1 / (k + 1))],
  ]),
  shared: new Map([['lr', Float32Array.of(0.05)]]),
  steps,
});

function expectClose(got: ReadonlyMap<string, Float32Array>, want: ReadonlyMap<string, Float32Array>): void {
  expect([...got.keys()]).toEqual([...want.keys()]);
  for (const [name, values] of want) {
    expect(got.get(name)).toHaveLength(values.length);
    for (const [i, value] of values.entries())
      expect(got.get(name)![i], `${name}[${i}]`).toBeCloseTo(value, 5);
  }
}

describe('onnxruntime-web on WASM', () => {
  let wasm: LocalBackend;
  const reference = new ReferenceBackend();
  beforeAll(async () => {
    wasm = await openNodeBackend();
  });
  afterAll(() => wasm.dispose());

  it('trains any number of steps with one session', async () => {
    const training = step();
    for (const steps of [1, 2, 7]) {
      const got = await wasm.train(training, feedsOf(steps));
      const want = reference.trainSync(training, feedsOf(steps));
      expectClose(got.state, want.state);
      expectClose(got.collected, want.collected);
    }
  });

  it('gives outputs that are inputs, constants or one value under two names', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', [3]);
    const twice = b.add(x, x);
    const outputs = new Map([
      ['x', x],
      ['one', b.scalar(1)],
      ['a', twice],
      ['b', twice],
    ]);
    const graph = b.finish(outputs);
    const feeds = new Map([['x', waves(3)]]);
    expectClose(await wasm.run(graph, feeds), reference.runSync(graph, feeds));
    expectClose(await wasm.run(graph, feeds, ['b']), reference.runSync(graph, feeds, ['b']));
  });

  it('leaves what it is fed to the caller', async () => {
    const feeds = feedsOf(2);
    await wasm.train(step(), feeds);
    expect(feeds).toEqual(feedsOf(2));
  });

  it('keeps working when more graphs were used than it keeps sessions', async () => {
    const graphs = Array.from({ length: 20 }, (_, n) => {
      const b = new GraphBuilder();
      return b.finish(new Map([['y', b.add(b.input('x', []), b.scalar(n + 1))]]));
    });
    const feeds = new Map([['x', Float32Array.of(1)]]);
    for (const graph of [...graphs, graphs[0]]) await wasm.run(graph, feeds);
    expect((await wasm.run(graphs[0], feeds)).get('y')).toEqual(Float32Array.of(2));
    expect((await wasm.run(graphs[19], feeds)).get('y')).toEqual(Float32Array.of(21));
  });
});
