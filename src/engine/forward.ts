/** `output = module(x)`: everything PyTorch's call does, with its numbers from a backend. */
import type { Loss } from '../torch/nn/loss';
import type { Module } from '../torch/nn/module';
import type { Generator } from '../torch/random/generator';
import type { Shape, Tensor } from '../torch/tensor';
import { silent, type Warn } from '../torch/warnings';
import type { Backend, Feeds, Results } from './backend';
import { GraphCache } from './graph/cache';
import { type EnteredForward, enterForward, type Mask } from './graph/enter';
import type { Graph } from './graph/graph';
import { lossRuleOf } from './graph/losses';
import type { EncodedTarget } from './graph/losses/rule';
import { type ForwardOptions, forwardKey, lossKey, lowerForward } from './graph/lower';
import { tensorsByKey } from './graph/lowering';
import { names } from './graph/names';
import { type NdArray, readFloat32, writeFloat32 } from './tensors';

/** What one forward showed. Maps go by call path, in the order of the calls. */
export interface Observation {
  readonly output: NdArray;
  readonly activations: ReadonlyMap<string, NdArray>;
  /** Keep masks of the Dropout layers that drew one. */
  readonly masks: ReadonlyMap<string, Mask>;
  /** Of BatchNorm layers that normalised by this batch; the variance is the biased one. (C) each. */
  readonly batchStatistics: ReadonlyMap<
    string,
    { readonly mean: Float32Array; readonly variance: Float32Array }
  >;
  /** By parameter key; empty unless a loss was given. */
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly loss: number | null;
}

export interface RunOptions {
  /** `false` computes the output alone: activations, batch statistics and gradients stay empty. Default `true`. */
  readonly observe?: boolean;
  /** Also `criterion(output, target)` and its gradients; nothing is updated by them. */
  readonly loss?: { readonly criterion: Loss; readonly target: Tensor };
  /** Where the warnings of the layers go. */
  readonly warn?: Warn;
}

const graphs = new GraphCache<Graph>(64);

/**
 * Runs a module as it stands (modes, p, momentum). Draws masks, counts batches and moves running statistics as
 * `module(x)` does; on an error, what the calls before it did has happened, and `layerPathOf` tells which call raised.
 */
export async function runForward(
  backend: Backend,
  module: Module,
  input: NdArray,
  generator: Generator,
  options: RunOptions = {},
): Promise<Observation> {
  const { observe = true, loss, warn = silent } = options;
  const entered = enterForward(module, input.shape, generator, { warn });
  return finishForward(backend, module, input, entered, observe, loss);
}

/** The numbers of a forward that has been entered. Throws what entering or the loss raised, after the part before it. */
export async function finishForward(
  backend: Backend,
  module: Module,
  input: NdArray,
  entered: EnteredForward,
  observe: boolean,
  loss?: RunOptions['loss'],
): Promise<Observation> {
  const target = tryEncode(entered, loss);
  const failure = entered.failure ?? target.failure;
  const call = loss && target.encoded ? { criterion: loss.criterion, target: target.encoded } : null;
  const lowering: ForwardOptions = call ? { observe, loss: call } : { observe };
  const key = `${forwardKey(module, entered)}\n${observe} ${call ? lossKey(call) : ''}`;
  const graph = graphs.get(key, () => lowerForward(module, entered, lowering));
  const tensors = tensorsByKey(module);
  const feeds = feedsOf(graph, tensors, entered.feeds);
  feeds.set(names.x, input.values);
  if (target.encoded) feeds.set(names.target, target.encoded.values);
  const results = await backend.run(graph, feeds);
  for (const [name, tensor] of tensors) {
    const moved = results.get(names.next(name));
    if (moved) writeFloat32(tensor, moved);
  }
  if (failure) throw failure.error;
  return observationOf(entered, results, [...tensors.keys()]);
}

/** Parameters, buffers and drawn inputs that a graph asks for, live. */
export function feedsOf(
  graph: Graph,
  tensors: ReadonlyMap<string, Tensor>,
  drawn: Feeds,
): Map<string, Float32Array> {
  const feeds = new Map<string, Float32Array>();
  for (const name of graph.inputs.keys()) {
    const tensor = tensors.get(name);
    const values = tensor ? readFloat32(tensor) : drawn.get(name);
    if (values) feeds.set(name, values);
  }
  return feeds;
}

export function outputShape(entered: EnteredForward): Shape {
  return [...entered.shapes.values()].at(-1) ?? entered.input;
}

/** What the results of a graph that observes say. */
export function observationOf(
  entered: EnteredForward,
  results: Results,
  keys: readonly string[],
): Observation {
  const activations = new Map<string, NdArray>();
  const batchStatistics = new Map<string, { mean: Float32Array; variance: Float32Array }>();
  for (const [path, shape] of entered.shapes) {
    const values = results.get(names.activation(path));
    if (values) activations.set(path, { shape, values });
    const mean = results.get(names.batchMean(path));
    const variance = results.get(names.batchVariance(path));
    if (mean && variance) batchStatistics.set(path, { mean, variance });
  }
  const gradients = new Map<string, Float32Array>();
  for (const key of keys) {
    const gradient = results.get(names.gradient(key));
    if (gradient) gradients.set(key, gradient);
  }
  return {
    output: { shape: outputShape(entered), values: results.get(names.output)! },
    activations,
    masks: entered.masks,
    batchStatistics,
    gradients,
    loss: results.get(names.loss)?.[0] ?? null,
  };
}

interface Encoded {
  readonly encoded: EncodedTarget | null;
  readonly failure: EnteredForward['failure'];
}

function tryEncode(entered: EnteredForward, loss: RunOptions['loss']): Encoded {
  if (!loss || entered.failure) return { encoded: null, failure: null };
  try {
    const encoded = lossRuleOf(loss.criterion).encode(loss.criterion, outputShape(entered), loss.target);
    return { encoded, failure: null };
  } catch (error) {
    return { encoded: null, failure: { error } };
  }
}
