/** Before a level is used: small fixed graphs, the level's values beside the reference's. */
import { numelOf } from '../../torch/tensor';
import type { Backend, Feeds, Results } from '../backend';
import { GraphBuilder } from '../graph/builder';
import type { Graph, StepGraph } from '../graph/graph';
import { ReferenceBackend } from '../reference/backend';
import { OrtError } from './errors';

/** Relative to 1 or the value: two ways to round a handful of float32 operations. */
const TOLERANCE = 1e-5;

/** Fails with `self-test-failed` where the level computes something else. */
export async function selfTest(level: Pick<Backend, 'run' | 'train'>): Promise<void> {
  const reference = new ReferenceBackend();
  const graph = normalizedLayer();
  const feeds = feedsOf(graph);
  compare(await level.run(graph, feeds), reference.runSync(graph, feeds));
  const step = descent();
  const state = feedsOf(step.graph);
  const training = {
    state,
    perStep: new Map([['x', waves(STEPS * BATCH * 3)]]),
    shared: state,
    steps: STEPS,
  };
  const got = await level.train(step, training);
  const want = reference.trainSync(step, training);
  compare(got.state, want.state);
  compare(got.collected, want.collected);
}

const BATCH = 4;
const STEPS = 3;

/** A linear layer, normalised over the batch, rectified, then softmax: the operators every network here runs on. */
function normalizedLayer(): Graph {
  const b = new GraphBuilder();
  const x = b.input('x', [BATCH, 3]);
  const linear = b.add(b.matmul(x, b.input('weight', [5, 3]), false, true), b.input('bias', [5]));
  const centred = b.sub(linear, b.reduceMean(linear, [0], true));
  const variance = b.reduceMean(b.mul(centred, centred), [0], true);
  const hidden = b.relu(b.div(centred, b.sqrt(b.add(variance, b.scalar(0.1)))));
  const exp = b.exp(b.sub(hidden, b.reduceMax(hidden, [1], true)));
  return b.finish(new Map([['softmax', b.div(exp, b.reduceSum(exp, [1], true))]]));
}

/** Gradient descent on the squares of a linear layer's outputs. */
function descent(): StepGraph {
  const b = new GraphBuilder();
  const x = b.input('x', [BATCH, 3]);
  const weight = b.input('weight', [3, 2]);
  const y = b.matmul(x, weight);
  const gradient = b.matmul(x, y, true);
  const outputs = new Map([
    ['loss', b.reduceMean(b.mul(y, y), [0, 1])],
    ['next', b.sub(weight, b.mul(b.input('lr', []), gradient))],
  ]);
  return {
    graph: b.finish(outputs),
    state: [{ input: 'weight', output: 'next', shape: [3, 2] }],
    perStep: ['x'],
    shared: ['lr'],
    collected: ['loss'],
  };
}

function feedsOf(graph: Graph): Feeds {
  return new Map([...graph.inputs].map(([name, value]) => [name, waves(numelOf(graph.nodes[value].shape))]));
}

/** Values between -1 and 1 that repeat nowhere. */
function waves(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(i + 1));
}

function compare(got: Results, want: Results): void {
  for (const [name, values] of want) {
    const off = values.findIndex((value, i) => {
      const error = Math.abs((got.get(name)?.[i] ?? Number.NaN) - value);
      return !(error <= TOLERANCE * Math.max(1, Math.abs(value)));
    });
    if (off >= 0) {
      throw new OrtError(
        'self-test-failed',
        `${name}[${off}] is ${got.get(name)?.[off]}, not ${values[off]}`,
      );
    }
  }
}
