/** The client's end of one worker: requests with answers, graphs sent once, and the ways it can end. */
import type { Feeds, Results, TrainFeeds, TrainResult } from '../backend';
import type { Graph, StepGraph } from '../graph/graph';
import { lockName, watchLife } from '../worker-life';
import type { Build } from './choose-build';
import { OrtError } from './errors';
import type { OrtLevel } from './local-backend';
import {
  type Answer,
  type GraphRequest,
  memoryOf,
  type News,
  type Request,
  type RunRequest,
  SESSION_CAPACITY,
  type TrainRequest,
} from './protocol';
import { RecentlyUsed } from './recently-used';

type Progress = (loaded: number, total: number) => void;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: OrtError) => void;
}

export class OrtWorker {
  private readonly worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  private readonly graphs = new RecentlyUsed<Graph | StepGraph, number>(SESSION_CAPACITY);
  private readonly waiting = new Map<number, Waiting>();
  private readonly onProgress: Progress;
  private lastId = 0;
  private lastGraph = 0;
  private ending: OrtError | null = null;
  private unwatch: () => void = () => undefined;

  constructor(onProgress: Progress) {
    this.onProgress = onProgress;
    this.worker.addEventListener('message', ({ data }: MessageEvent<Answer | News>) => this.receive(data));
    this.worker.addEventListener('error', (event) => {
      this.end(new OrtError('worker-failed', event.message ?? 'the worker could not start'));
    });
    this.worker.addEventListener('messageerror', () => {
      this.end(new OrtError('worker-failed', 'an answer could not be read'));
    });
  }

  get alive(): boolean {
    return this.ending === null;
  }

  /** Loads the build that suits `level`; before anything else. */
  async start(level: OrtLevel): Promise<Build> {
    const lock = lockName();
    const answer = await this.ask({ kind: 'start', id: ++this.lastId, level, lock }, []);
    this.unwatch = watchLife(lock, () => this.end(new OrtError('worker-failed', 'the worker is gone')));
    return (answer as Extract<Answer, { kind: 'started' }>).build;
  }

  async run(level: OrtLevel, graph: Graph, feeds: Feeds, outputs: readonly string[]): Promise<Results> {
    const request: RunRequest = {
      kind: 'run',
      id: ++this.lastId,
      level,
      graph: this.define(graph),
      feeds: copy(feeds),
      outputs,
    };
    const answer = await this.ask(request, memoryOf(request.feeds));
    return (answer as Extract<Answer, { kind: 'results' }>).results;
  }

  async train(level: OrtLevel, step: StepGraph, feeds: TrainFeeds): Promise<TrainResult> {
    const request: TrainRequest = {
      kind: 'train',
      id: ++this.lastId,
      level,
      graph: this.define(step),
      state: copy(feeds.state),
      perStep: copy(feeds.perStep),
      shared: copy(feeds.shared),
      steps: feeds.steps,
    };
    const answer = await this.ask(request, memoryOf(request.state, request.perStep, request.shared));
    return (answer as Extract<Answer, { kind: 'trained' }>).result;
  }

  /** Stops at once, whatever it is doing: what is waiting, and whatever is asked later, fails with `reason`. */
  end(reason: OrtError): void {
    if (this.ending) return;
    this.ending = reason;
    this.unwatch();
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }

  private define(graph: Graph | StepGraph): number {
    const known = this.graphs.get(graph);
    if (known !== undefined) return known;
    const number = ++this.lastGraph;
    for (const surplus of this.graphs.set(graph, number)) this.tell({ kind: 'forget', graph: surplus });
    this.tell({ kind: 'define', graph: number, definition: graph });
    return number;
  }

  private tell(request: GraphRequest): void {
    this.worker.postMessage(request);
  }

  private ask(request: Request, transfer: ArrayBuffer[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.ending) {
        reject(this.ending);
        return;
      }
      this.waiting.set(request.id, { resolve, reject });
      this.worker.postMessage(request, transfer);
    });
  }

  private receive(message: Answer | News): void {
    if (message.kind === 'progress') {
      this.onProgress(message.loaded, message.total);
      return;
    }
    if (message.kind === 'lost') {
      this.end(new OrtError('device-lost', message.message));
      return;
    }
    const asked = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind !== 'failed') {
      asked?.resolve(message);
      return;
    }
    const error = new OrtError(message.code, message.message);
    asked?.reject(error);
    if (message.code === 'worker-failed') this.end(error);
  }
}

/** The caller's own memory stays with the caller; the copies are given away. */
function copy(feeds: Feeds): Results {
  return new Map([...feeds].map(([name, values]) => [name, values.slice()]));
}
