/** `edges.json`: one layer or loss at values where implementations tend to differ, with its gradients. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend } from '../../src/engine';
import { feedsOf, outputShape } from '../../src/engine/forward';
import { enterForward } from '../../src/engine/graph/enter';
import { lossRuleOf } from '../../src/engine/graph/losses';
import { lowerForward } from '../../src/engine/graph/lower';
import { tensorsByKey } from '../../src/engine/graph/lowering';
import { names } from '../../src/engine/graph/names';
import { Sequential } from '../../src/torch/nn/container';
import { CrossEntropyLoss } from '../../src/torch/nn/cross-entropy-loss';
import type { Module } from '../../src/torch/nn/module';
import { Generator } from '../../src/torch/random/generator';
import { Tensor } from '../../src/torch/tensor';
import { buildLoss, buildNet } from './golden-build';
import type { Spec } from './golden-case';

interface Values {
  readonly shape: readonly number[];
  readonly data: readonly (number | 'nan' | 'inf' | '-inf' | '-0')[];
}

export interface Edge {
  readonly name: string;
  readonly spec: Spec;
  readonly x: Values;
  readonly y: Values;
  /** Gradient that comes back into y. */
  readonly gout: Values;
  readonly gx: Values;
  readonly target?: Values;
  readonly buffers_after?: Readonly<Record<string, Values>>;
  readonly param_grads?: Readonly<Record<string, Values>>;
}

export function readEdges(dir: string): Edge[] {
  return JSON.parse(readFileSync(join(dir, 'edges.json'), 'utf8')) as Edge[];
}

/** What differs from PyTorch. Throws where the layer or loss is not built. */
export async function runEdge(edge: Edge, backend: Backend): Promise<string[]> {
  const generator = new Generator(0);
  const loss = edge.target ? buildLoss(edge.spec, generator) : null;
  const net = loss ? new Sequential() : buildNet(edge.spec, generator);
  // The file does not say the mode; a BatchNorm whose count stayed at zero was in evaluation.
  if (edge.buffers_after?.num_batches_tracked?.data[0] === 0) net.eval();
  const entered = enterForward(net, edge.x.shape, generator);
  if (entered.failure) throw entered.failure.error;
  const target =
    loss && edge.target
      ? lossRuleOf(loss).encode(loss, outputShape(entered), targetOf(edge, edge.target))
      : null;
  const call = loss && target ? { loss: { criterion: loss, target } } : {};
  const graph = lowerForward(net, entered, { observe: false, upstream: true, ...call });
  const feeds = feedsOf(graph, tensorsByKey(net), entered.feeds);
  feeds.set(names.x, floats(edge.x)).set(names.upstream, floats(edge.gout));
  if (target) feeds.set(names.target, target.values);
  const results = await backend.run(graph, feeds);

  const largest = Math.max(1, ...floats(edge.gx).filter(Number.isFinite).map(Math.abs));
  const differences: string[] = [];
  const compare = (name: string, want: Values, got: Float32Array | undefined): void => {
    const far = floats(want).findIndex((value, i) => !near(got?.[i] ?? Number.NaN, value, 2e-6 * largest));
    if (!got) differences.push(`${name} was not computed`);
    else if (far >= 0) differences.push(`${name}[${far}] is ${got[far]}, not ${want.data[far]}`);
  };
  compare('y', edge.y, results.get(loss ? names.loss : names.output));
  compare('gx', edge.gx, results.get(names.gradient(names.x)));
  for (const [key, want] of Object.entries(edge.param_grads ?? {}))
    compare(key, want, results.get(names.gradient(key)));
  for (const [key, want] of Object.entries(edge.buffers_after ?? {})) {
    compare(key, want, results.get(names.next(key)) ?? bufferOf(net, key));
  }
  return differences;
}

/** The file does not say the dtype: cross entropy takes class indices in a shape of their own. */
function targetOf({ spec, x }: Edge, target: Values): Tensor {
  const indices = spec.type === CrossEntropyLoss.kind && String(x.shape) !== String(target.shape);
  if (indices) return Tensor.int64(target.data.map(Number), target.shape);
  return Tensor.float32(floats(target), target.shape);
}

function bufferOf(net: Module, key: string): Float32Array | undefined {
  const buffer = net.buffers.get(key);
  if (!buffer) return undefined;
  return buffer.dtype === 'int64' ? Float32Array.from(buffer.int64Data(), Number) : buffer.float32Data();
}

function floats({ data }: Values): Float32Array {
  const special = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity, '-0': -0 } as const;
  return Float32Array.from(data, (value) => (typeof value === 'string' ? special[value] : value));
}

function near(got: number, want: number, absolute: number): boolean {
  if (got === want || (Number.isNaN(got) && Number.isNaN(want))) return true;
  return Math.abs(got - want) <= absolute + 1e-5 * Math.abs(want);
}
