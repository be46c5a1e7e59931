/** The page's end of the kernel: in a worker where there is one, inline where there is none. */
import type { LabCell, Statement } from '../statements';
import type { KernelView } from '../views';
import type { InspectionKind, InspectionRequest, Inspections } from './inspect/inspections';
import type { Answer, KernelMessage, KernelRequest } from './protocol';

export interface KernelClient {
  /** Runs statements together: their result is shown once. Fails only where this program is at fault. */
  execute(statements: readonly Statement[], cell: LabCell | null): Promise<void>;
  fileBlob(name: string): Promise<Blob | null>;
  /** Asks about a file on the shelf, after all that was sent before; `null` where it is not there, or cannot be read. */
  inspect<K extends InspectionKind>(
    about: K,
    ask: Inspections[K]['ask'],
  ): Promise<Inspections[K]['answer'] | null>;
  /** Ends the kernel at once; what it was doing is lost. */
  terminate(): void;
}

export async function connectKernel(onView: (view: KernelView) => void): Promise<KernelClient> {
  return typeof Worker === 'undefined' ? inlineKernel(onView) : workerKernel(onView);
}

async function inlineKernel(onView: (view: KernelView) => void): Promise<KernelClient> {
  const { Kernel } = await import('./kernel');
  const kernel = new Kernel({ opener: null, onView });
  return {
    execute: (statements, cell) => kernel.execute(statements, cell),
    fileBlob: (name) => kernel.fileBlob(name),
    inspect: <K extends InspectionKind>(about: K, ask: Inspections[K]['ask']) =>
      kernel.inspect({ about, ...ask } as InspectionRequest) as Promise<Inspections[K]['answer'] | null>,
    terminate: () => undefined,
  };
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

function workerKernel(onView: (view: KernelView) => void): KernelClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  /** Set once the worker is gone: what is asked of it afterwards fails at once. */
  let ended: Error | null = null;

  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
    worker.terminate();
  };
  worker.addEventListener('message', ({ data }: MessageEvent<KernelMessage>) => {
    if (data.kind === 'view') {
      onView(data.view);
      return;
    }
    const request = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'failed') request?.reject(new Error(data.message));
    else request?.resolve(data.answer);
  });
  worker.addEventListener('error', (event) => end(new Error(event.message || 'the kernel could not start')));

  const ask = (request: KernelRequest): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(ended);
        return;
      }
      waiting.set(request.id, { resolve, reject });
      worker.postMessage(request);
    });
  return {
    async execute(statements, cell) {
      await ask({ kind: 'execute', id: ++lastId, statements, cell });
    },
    fileBlob: (name) => ask({ kind: 'file', id: ++lastId, name }) as Promise<Blob | null>,
    inspect: <K extends InspectionKind>(about: K, what: Inspections[K]['ask']) =>
      ask({ kind: 'inspect', id: ++lastId, request: { about, ...what } as InspectionRequest }) as Promise<
        Inspections[K]['answer'] | null
      >,
    terminate: () => end(new Error('the kernel was ended')),
  };
}
