/**
 * Graphs run by an onnxruntime-web that is loaded in the same thread: in the worker, and in Node.
 * A session is made when a graph is first seen, and released when as many others as are kept were used since.
 */
import type * as Ort from 'onnxruntime-web/wasm';
import type { Shape } from '../../torch/tensor';
import type { Backend, EngineLevel, Feeds, Results, TrainFeeds, TrainResult } from '../backend';
import type { Graph, StepGraph } from '../graph/graph';
import { flatModel, flatNames, scanModel, scanNames } from '../onnx';
import { type GpuRuntime, GpuTraining } from './gpu-training';
import { SESSION_CAPACITY } from './protocol';
import type { Queue } from './queue';
import { RecentlyUsed } from './recently-used';

export type OrtModule = typeof Ort;
export type OrtLevel = Exclude<EngineLevel, 'reference'>;

const SILENT_BUT_ERRORS = 3;

const providers: Record<OrtLevel, Ort.InferenceSession.ExecutionProviderConfig> = {
  wasm: 'wasm',
  // Networks here are in PyTorch's layout; the provider's own, NHWC, would put a Transpose around each convolution.
  webgpu: { name: 'webgpu', preferredLayout: 'NCHW' },
};

export class LocalBackend implements Backend {
  readonly level: OrtLevel;
  private readonly ort: OrtModule;
  private readonly queue: Queue;
  private readonly sessions = new RecentlyUsed<Graph | StepGraph, Ort.InferenceSession>(SESSION_CAPACITY);
  /** `null` where the level is not WebGPU. */
  private readonly gpuTraining: GpuTraining | null;

  /** `queue` must be the one queue of this `ort`. */
  constructor(level: OrtLevel, ort: OrtModule, queue: Queue) {
    this.level = level;
    this.ort = ort;
    this.queue = queue;
    this.gpuTraining = level === 'webgpu' ? new GpuTraining(this.gpuRuntime(), SESSION_CAPACITY) : null;
  }

  run(graph: Graph, feeds: Feeds, outputs?: readonly string[]): Promise<Results> {
    return this.queue.add(() => this.runNow(graph, feeds, outputs));
  }

  train(step: StepGraph, feeds: TrainFeeds): Promise<TrainResult> {
    // Scan runs on the CPU even under the WebGPU provider.
    return this.queue.add(() => this.gpuTraining?.train(step, feeds) ?? this.scan(step, feeds));
  }

  /** Gives back what was kept for a graph that is not coming again. */
  release(graph: Graph | StepGraph): Promise<void> {
    return this.queue.add(async () => {
      await this.sessions.take(graph)?.release();
      if ('graph' in graph) await this.gpuTraining?.release(graph);
    });
  }

  dispose(): Promise<void> {
    return this.queue.add(async () => {
      for (const session of this.sessions.takeAll()) await session.release();
      await this.gpuTraining?.dispose();
    });
  }

  // What follows runs only in a job of the queue.

  private async runNow(
    graph: Graph,
    feeds: Feeds,
    outputs: readonly string[] = [...graph.outputs.keys()],
  ): Promise<Results> {
    const session = await this.session(graph, () => flatModel(graph, this.level));
    const inputs = this.tensors(graph, feeds, graph.inputs.keys(), flatNames.input);
    return read(await session.run(inputs, outputs.map(flatNames.output)), outputs, flatNames.output);
  }

  private async scan(step: StepGraph, { state, perStep, shared, steps }: TrainFeeds): Promise<TrainResult> {
    const session = await this.session(step, () => scanModel(step));
    const inputs = step.state.map(({ input }) => input);
    const results = await session.run({
      ...this.tensors(step.graph, state, inputs, scanNames.input),
      ...this.tensors(step.graph, perStep, step.perStep, scanNames.input, [steps]),
      ...this.tensors(step.graph, shared, step.shared, scanNames.input),
    });
    return {
      state: read(results, inputs, scanNames.state),
      collected: read(results, step.collected, scanNames.collected),
    };
  }

  private async session(graph: Graph | StepGraph, model: () => Uint8Array): Promise<Ort.InferenceSession> {
    const known = this.sessions.get(graph);
    if (known) return known;
    const session = await this.createSession(model());
    for (const surplus of this.sessions.set(graph, session)) await surplus.release();
    return session;
  }

  private createSession(
    model: Uint8Array,
    options: Ort.InferenceSession.SessionOptions = {},
  ): Promise<Ort.InferenceSession> {
    return this.ort.InferenceSession.create(model, {
      executionProviders: [providers[this.level]],
      logSeverityLevel: SILENT_BUT_ERRORS,
      ...options,
    });
  }

  private gpuRuntime(): GpuRuntime {
    return {
      ort: this.ort,
      device: async () => this.ort.env.webgpu.device,
      createSession: (model, options) => this.createSession(model, options),
      run: (graph, feeds, outputs) => this.runNow(graph, feeds, outputs),
    };
  }

  private tensors(
    graph: Graph,
    feeds: Feeds,
    inputs: Iterable<string>,
    modelName: (name: string) => string,
    leading: Shape = [],
  ): Record<string, Ort.Tensor> {
    const tensors: Record<string, Ort.Tensor> = {};
    for (const name of inputs) {
      const values = feeds.get(name);
      const value = graph.inputs.get(name);
      if (!values || value === undefined) throw new Error(`nothing is fed for ${name}`);
      tensors[modelName(name)] = new this.ort.Tensor('float32', values, [
        ...leading,
        ...graph.nodes[value].shape,
      ]);
    }
    return tensors;
  }
}

function read(
  results: Ort.InferenceSession.OnnxValueMapType,
  outputs: readonly string[],
  modelName: (name: string) => string,
): Results {
  return new Map(outputs.map((name) => [name, results[modelName(name)].data as Float32Array]));
}
