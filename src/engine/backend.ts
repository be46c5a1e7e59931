/** What computes graphs: one interface for the TypeScript level, onnxruntime-web on WASM and on WebGPU. */
import type { Graph, StepGraph } from './graph/graph';

export type EngineLevel = 'reference' | 'wasm' | 'webgpu';

/** Row-major float32 values by input name. A backend reads them during the call and never writes or keeps them. */
export type Feeds = ReadonlyMap<string, Float32Array>;

/** Row-major float32 values by output name; the caller's own. */
export type Results = Map<string, Float32Array>;

export interface TrainFeeds {
  /** By `StateLink.input`: values before the first step. */
  readonly state: Feeds;
  /** Each of `steps` slices, one after the other. */
  readonly perStep: Feeds;
  readonly shared: Feeds;
  /** K, at least 1. */
  readonly steps: number;
}

export interface TrainResult {
  /** By `StateLink.input`: values after the last step. */
  readonly state: Results;
  /** By name of `StepGraph.collected`: K slices each. */
  readonly collected: Results;
}

/**
 * A backend compiles a graph when it first sees the object and keeps it for later runs, so callers hold on to their
 * graphs (`GraphCache`); the least recently used ones may be released and compiled again.
 */
export interface Backend {
  readonly level: EngineLevel;
  /** Every input of the graph must be in `feeds`. `outputs` names the outputs wanted; without it, all. */
  run(graph: Graph, feeds: Feeds, outputs?: readonly string[]): Promise<Results>;
  /** K training steps in one go. */
  train(step: StepGraph, feeds: TrainFeeds): Promise<TrainResult>;
  dispose(): Promise<void>;
}
