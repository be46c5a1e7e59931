/** The page's end of the kernel: in a worker where there is one, inline where there is none. */
import type { Statement } from '../statements';
import type { KernelView } from '../views';
import type { KernelMessage, KernelRequest } from './protocol';

export interface KernelClient {
  /** Runs statements together: their result is shown once. */
  execute(...statements: Statement[]): Promise<void>;
  fileBytes(name: string): Promise<Uint8Array | null>;
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
    execute: (...statements) => kernel.execute(...statements),
    fileBytes: async (name) => kernel.fileBytes(name),
    terminate: () => undefined,
  };
}

function workerKernel(onView: (view: KernelView) => void): KernelClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve(value: Uint8Array | null): void; reject(error: Error): void }>();
  let lastId = 0;

  worker.addEventListener('message', ({ data }: MessageEvent<KernelMessage>) => {
    if (data.kind === 'view') {
      onView(data.view);
      return;
    }
    const request = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'failed') request?.reject(new Error(data.message));
    else request?.resolve(data.kind === 'file' ? data.bytes : null);
  });
  worker.addEventListener('error', (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message));
    waiting.clear();
  });

  const ask = (request: KernelRequest): Promise<Uint8Array | null> =>
    new Promise((resolve, reject) => {
      waiting.set(request.id, { resolve, reject });
      worker.postMessage(request);
    });
  return {
    execute: async (...statements) => {
      await ask({ kind: 'execute', id: ++lastId, statements });
    },
    fileBytes: (name) => ask({ kind: 'file', id: ++lastId, name }),
    terminate: () => worker.terminate(),
  };
}
