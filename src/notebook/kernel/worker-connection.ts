/** A kernel in a worker of its own. */
import { lockName, watchLife } from '../../engine/worker-life';
import type { KernelView } from '../views';
import { type Connection, KernelEnded } from './connection';
import type { Watch } from './inspect/inspections';
import type { Answer, Ask, KernelMessage, KernelRequest } from './protocol';

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: Watch['onProgress'];
}

export class WorkerConnection implements Connection {
  private readonly worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  private readonly waiting = new Map<number, Waiting>();
  private readonly lock = lockName();
  private readonly onView: (view: KernelView) => void;
  private lastId = 0;
  private ended: KernelEnded | null = null;
  private unwatch: () => void = () => undefined;

  constructor(onView: (view: KernelView) => void) {
    this.onView = onView;
    this.worker.addEventListener('message', ({ data }: MessageEvent<KernelMessage>) => this.receive(data));
    this.worker.addEventListener('error', (event) => {
      this.end(new KernelEnded(event.message || 'the kernel could not start'));
    });
    this.send({ kind: 'live', lock: this.lock });
  }

  ask(ask: Ask, { signal, onProgress }: Watch = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.ended) {
        reject(this.ended);
        return;
      }
      const id = ++this.lastId;
      this.waiting.set(id, { resolve, reject, onProgress });
      this.send({ kind: 'ask', id, ask });
      signal?.addEventListener('abort', () => this.send({ kind: 'cancel', id }), { once: true });
    });
  }

  end(reason: KernelEnded): void {
    if (this.ended) return;
    this.ended = reason;
    this.unwatch();
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }

  private send(request: KernelRequest): void {
    this.worker.postMessage(request);
  }

  private receive(message: KernelMessage): void {
    switch (message.kind) {
      case 'living':
        this.unwatch = watchLife(this.lock, () => this.end(new KernelEnded('the kernel is gone')));
        return;
      case 'progress':
        this.waiting.get(message.id)?.onProgress?.(message.done, message.total);
        return;
      case 'view':
        this.onView(message.view);
        return;
      default: {
        const asked = this.waiting.get(message.id);
        this.waiting.delete(message.id);
        if (message.kind === 'failed') asked?.reject(new Error(message.message));
        else asked?.resolve(message.answer);
      }
    }
  }
}
