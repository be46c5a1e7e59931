/** Level 2 or 3 as its callers see it: loaded by `open`, loaded again by the next call after a loss. */
import type { Backend, Feeds, Results, TrainFeeds, TrainResult } from '../backend';
import type { Graph, StepGraph } from '../graph/graph';
import { OrtError } from './errors';
import type { OrtLevel } from './local-backend';
import type { OrtWorker } from './ort-worker';
import type { OrtWorkers } from './ort-workers';
import { selfTest } from './self-test';
import { support } from './support';

/** A wait that is noticed. */
const LONG_MS = 300;

export class OrtBackend implements Backend {
  readonly level: OrtLevel;
  private readonly workers: OrtWorkers;
  private readonly onProgress: (loaded: number, total: number) => void;
  private readonly onCompiling: (compiling: boolean) => void;
  private compiled = new WeakSet<Graph | StepGraph>();
  private connecting: Promise<OrtWorker> | null = null;
  private closed = false;

  /**
   * `onProgress` hears of the bytes of the runtime, if this level has to load one; `onCompiling` of a graph whose first
   * run takes long, from then until its end: a GPU compiles a shader for each new shape of an operator.
   */
  constructor(
    level: OrtLevel,
    workers: OrtWorkers,
    onProgress: (loaded: number, total: number) => void,
    onCompiling: (compiling: boolean) => void = () => undefined,
  ) {
    this.level = level;
    this.workers = workers;
    this.onProgress = onProgress;
    this.onCompiling = onCompiling;
  }

  /** Loads the level and checks it against the reference. Fails with an `OrtError`. */
  async open(): Promise<void> {
    await this.connected();
  }

  async run(
    graph: Graph,
    feeds: Feeds,
    outputs: readonly string[] = [...graph.outputs.keys()],
  ): Promise<Results> {
    const worker = await this.connected();
    return this.telling(graph, worker.run(this.level, graph, feeds, outputs));
  }

  async train(step: StepGraph, feeds: TrainFeeds): Promise<TrainResult> {
    const worker = await this.connected();
    return this.telling(step, worker.train(this.level, step, feeds));
  }

  /** Cancels whatever runs for this level alone; a worker that the other level uses goes on. */
  async dispose(): Promise<void> {
    this.closed = true;
    this.workers.leave(this);
  }

  /** Tells of a first run that takes long. */
  private async telling<T>(graph: Graph | StepGraph, run: Promise<T>): Promise<T> {
    if (this.level !== 'webgpu' || this.compiled.has(graph)) return run;
    this.compiled.add(graph);
    let told = false;
    const patience = setTimeout(() => {
      told = true;
      this.onCompiling(true);
    }, LONG_MS);
    try {
      return await run;
    } finally {
      clearTimeout(patience);
      if (told) this.onCompiling(false);
    }
  }

  private async connected(): Promise<OrtWorker> {
    this.checkOpen();
    const current = this.connecting;
    const worker = await current?.catch(() => null);
    // Another call may have begun to connect meanwhile.
    if (!worker?.alive && this.connecting === current) this.connecting = this.connect();
    return this.connecting!;
  }

  private async connect(): Promise<OrtWorker> {
    const { possible, reason } = support(this.level);
    if (!possible) throw new OrtError('unsupported', reason ?? '');
    const worker = await this.workers.join(this, this.level, this.onProgress);
    this.compiled = new WeakSet();
    try {
      this.checkOpen();
      await selfTest({
        run: (graph, feeds) => worker.run(this.level, graph, feeds, [...graph.outputs.keys()]),
        train: (step, feeds) => worker.train(this.level, step, feeds),
      });
      return worker;
    } catch (error) {
      this.workers.leave(this);
      throw error;
    }
  }

  private checkOpen(): void {
    if (this.closed) throw new OrtError('closed', 'the engine was closed');
  }
}
