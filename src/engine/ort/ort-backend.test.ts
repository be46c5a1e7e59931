/** The client's side with a worker that answers from the reference: what is shared, what ends, what starts again. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GraphBuilder } from '../graph/builder';
import type { Graph, StepGraph } from '../graph/graph';
import { ReferenceBackend } from '../reference/backend';
import type { Build } from './choose-build';
import { OrtBackend } from './ort-backend';
import { OrtWorkers } from './ort-workers';
import type { Answer, GraphRequest, News, Request } from './protocol';
import { SESSION_CAPACITY } from './protocol';

/** What the fakes of one test do, and what they saw. */
let build: Build;
let silent: boolean;
let wrong: boolean;
let workers: FakeWorker[];

class FakeWorker extends EventTarget {
  terminated = false;
  lastId = 0;
  readonly definitions = new Map<number, Graph | StepGraph>();
  private readonly reference = new ReferenceBackend();

  constructor() {
    super();
    workers.push(this);
  }

  postMessage(message: Request | GraphRequest, transfer: ArrayBuffer[] = []): void {
    const arrived = structuredClone(message, { transfer });
    if ('id' in arrived) this.lastId = arrived.id;
    if (arrived.kind === 'define') this.definitions.set(arrived.graph, arrived.definition);
    else if (arrived.kind === 'forget') this.definitions.delete(arrived.graph);
    else if (!silent || arrived.kind === 'start') queueMicrotask(() => this.say(this.answer(arrived)));
  }

  terminate(): void {
    this.terminated = true;
  }

  say(data: Answer | News): void {
    if (!this.terminated) this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  private answer(request: Request): Answer {
    const { id } = request;
    if (request.kind === 'start') {
      this.say({ kind: 'progress', loaded: 3, total: 4 });
      return { kind: 'started', id, build };
    }
    const graph = this.definitions.get(request.graph);
    if (!graph) return { kind: 'failed', id, code: 'run-failed', message: 'not defined' };
    if (request.kind === 'train') {
      return { kind: 'trained', id, result: this.reference.trainSync(graph as StepGraph, request) };
    }
    const results = this.reference.runSync(graph as Graph, request.feeds, request.outputs);
    if (wrong) for (const values of results.values()) values[0] += 0.01;
    return { kind: 'results', id, results };
  }
}

beforeEach(() => {
  build = 'jspi';
  silent = false;
  wrong = false;
  workers = [];
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('navigator', { gpu: {} });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const nothing = () => undefined;
const feeds = new Map([['x', Float32Array.of(1)]]);

function graph(): Graph {
  const b = new GraphBuilder();
  return b.finish(new Map([['y', b.neg(b.input('x', []))]]));
}

const turns = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('OrtBackend', () => {
  it('starts nothing before it is opened, then reports bytes', async () => {
    const reports: number[][] = [];
    const backend = new OrtBackend('wasm', new OrtWorkers(), (loaded, total) =>
      reports.push([loaded, total]),
    );
    expect(workers).toHaveLength(0);
    await backend.open();
    expect(workers).toHaveLength(1);
    expect(reports).toEqual([[3, 4]]);
    expect((await backend.run(graph(), feeds)).get('y')).toEqual(Float32Array.of(-1));
    expect(feeds.get('x')).toEqual(Float32Array.of(1));
  });

  it('shares a worker between levels where the build serves both, and ends it with its last user', async () => {
    const pool = new OrtWorkers();
    const [wasm, webgpu] = [new OrtBackend('wasm', pool, nothing), new OrtBackend('webgpu', pool, nothing)];
    await Promise.all([wasm.open(), webgpu.open()]);
    expect(workers).toHaveLength(1);
    await wasm.dispose();
    expect(workers[0].terminated).toBe(false);
    await webgpu.dispose();
    expect(workers[0].terminated).toBe(true);
  });

  it('starts a second worker where the first build has no WebGPU', async () => {
    const pool = new OrtWorkers();
    build = 'wasm';
    await new OrtBackend('wasm', pool, nothing).open();
    build = 'asyncify';
    await new OrtBackend('webgpu', pool, nothing).open();
    expect(workers).toHaveLength(2);
  });

  it('fails what is under way when the device is lost, and starts anew once on the next calls', async () => {
    const backend = new OrtBackend('webgpu', new OrtWorkers(), nothing);
    await backend.open();
    silent = true;
    const running = backend.run(graph(), feeds);
    await turns();
    workers[0].say({ kind: 'lost', message: 'gone' });
    await expect(running).rejects.toMatchObject({ name: 'OrtError', code: 'device-lost', message: 'gone' });
    expect(workers[0].terminated).toBe(true);
    silent = false;
    const results = await Promise.all([backend.run(graph(), feeds), backend.run(graph(), feeds)]);
    expect(results).toHaveLength(2);
    expect(workers).toHaveLength(2);
  });

  it('tells of a first run on WebGPU that takes long, and of no later one', async () => {
    const told: boolean[] = [];
    const backend = new OrtBackend('webgpu', new OrtWorkers(), nothing, (compiling) => told.push(compiling));
    await backend.open();
    vi.useFakeTimers();
    try {
      const one = graph();
      for (const want of [[true], [true, false]]) {
        silent = true;
        const running = backend.run(one, feeds).catch(nothing);
        await vi.advanceTimersByTimeAsync(1000);
        expect(told).toEqual(want);
        silent = false;
        workers[0].say({ kind: 'failed', id: workers[0].lastId, code: 'run-failed', message: '' });
        await running;
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it('cancels what is under way when it is disposed, and refuses what comes later', async () => {
    const backend = new OrtBackend('wasm', new OrtWorkers(), nothing);
    await backend.open();
    silent = true;
    const running = backend.run(graph(), feeds);
    await turns();
    await backend.dispose();
    await expect(running).rejects.toMatchObject({ code: 'closed' });
    await expect(backend.run(graph(), feeds)).rejects.toMatchObject({ code: 'closed' });
    expect(workers).toHaveLength(1);
  });

  it('ends a worker that computes something else than the reference, and may try again', async () => {
    wrong = true;
    const backend = new OrtBackend('wasm', new OrtWorkers(), nothing);
    await expect(backend.open()).rejects.toMatchObject({ code: 'self-test-failed' });
    expect(workers[0].terminated).toBe(true);
    wrong = false;
    await backend.open();
    expect(workers).toHaveLength(2);
  });

  it('fails when the worker cannot start', async () => {
    const backend = new OrtBackend('wasm', new OrtWorkers(), nothing);
    silent = true;
    const opening = backend.open();
    await turns();
    workers[0].dispatchEvent(Object.assign(new Event('error'), { message: 'no module' }));
    await expect(opening).rejects.toMatchObject({ code: 'worker-failed', message: 'no module' });
  });

  it('says what the browser lacks', async () => {
    vi.stubGlobal('navigator', {});
    const backend = new OrtBackend('webgpu', new OrtWorkers(), nothing);
    await expect(backend.open()).rejects.toMatchObject({ code: 'unsupported', message: 'no-webgpu' });
    expect(workers).toHaveLength(0);
  });

  it('sends a graph once, and has the worker forget those no longer used', async () => {
    const backend = new OrtBackend('wasm', new OrtWorkers(), nothing);
    const graphs = Array.from({ length: SESSION_CAPACITY + 3 }, graph);
    for (const one of [...graphs, ...graphs.slice(-2)]) await backend.run(one, feeds);
    expect(workers[0].definitions.size).toBe(SESSION_CAPACITY);
    expect((await backend.run(graphs[0], feeds)).get('y')).toEqual(Float32Array.of(-1));
  });
});
