/** onnxruntime-web's worker: one runtime, one queue, both levels the loaded build can serve. */
import type { Graph, StepGraph } from '../graph/graph';
import { holdLife } from '../worker-life';
import { chooseBuild, inspectMachine } from './choose-build';
import { OrtError, type OrtErrorCode } from './errors';
import { LocalBackend, type OrtLevel, type OrtModule } from './local-backend';
import { type Answer, type GraphRequest, memoryOf, type News, type Request } from './protocol';
import { Queue } from './queue';
import { loadRuntime } from './runtime';

const definitions = new Map<number, Graph | StepGraph>();
const backends = new Map<OrtLevel, LocalBackend>();
let runtime: OrtModule | null = null;
let watched = false;
let lost = false;

const post = (message: Answer | News, transfer: ArrayBuffer[] = []): void =>
  postMessage(message, { transfer });

addEventListener('message', async ({ data }: MessageEvent<Request | GraphRequest>) => {
  if (data.kind === 'define') definitions.set(data.graph, data.definition);
  else if (data.kind === 'forget') forget(data.graph);
  else {
    try {
      const answer = await respond(data);
      post(answer, transferOf(answer));
    } catch (error) {
      const { code, message } = OrtError.from(error, lost ? 'device-lost' : codeOf(error));
      post({ kind: 'failed', id: data.id, code, message });
    }
  }
});

async function respond(request: Request): Promise<Answer> {
  const { id, level } = request;
  switch (request.kind) {
    case 'start': {
      await holdLife(request.lock);
      const build = chooseBuild(level, await inspectMachine());
      runtime = await loadRuntime(build, (loaded, total) => post({ kind: 'progress', loaded, total }));
      const queue = new Queue();
      for (const each of ['wasm', 'webgpu'] as const)
        backends.set(each, new LocalBackend(each, runtime, queue));
      return { kind: 'started', id, build };
    }
    case 'run': {
      const graph = definition<Graph>(request.graph);
      const results = await backendOf(level).run(graph, request.feeds, request.outputs);
      if (level === 'webgpu') await watchDevice();
      return { kind: 'results', id, results };
    }
    case 'train': {
      const result = await backendOf(level).train(definition<StepGraph>(request.graph), request);
      return { kind: 'trained', id, result };
    }
  }
}

function backendOf(level: OrtLevel): LocalBackend {
  const backend = backends.get(level);
  if (!backend) throw new Error('the runtime has not started');
  return backend;
}

function definition<G extends Graph | StepGraph>(graph: number): G {
  const known = definitions.get(graph);
  if (!known) throw new Error(`graph ${graph} is not defined`);
  return known as G;
}

function forget(graph: number): void {
  const known = definitions.get(graph);
  definitions.delete(graph);
  if (known) for (const backend of backends.values()) void backend.release(known);
}

/** A run on a device that is gone may never end, so the loss is told as it happens. */
async function watchDevice(): Promise<void> {
  if (watched || !runtime) return;
  watched = true;
  const device = await runtime.env.webgpu.device;
  void device.lost.then(({ message }) => {
    lost = true;
    post({ kind: 'lost', message });
  });
}

/** A trap leaves the runtime's memory in no known state. */
function codeOf(error: unknown): OrtErrorCode {
  return error instanceof WebAssembly.RuntimeError ? 'worker-failed' : 'run-failed';
}

function transferOf(answer: Answer): ArrayBuffer[] {
  if (answer.kind === 'results') return memoryOf(answer.results);
  return answer.kind === 'trained' ? memoryOf(answer.result.state, answer.result.collected) : [];
}
