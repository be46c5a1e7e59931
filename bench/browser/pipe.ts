/** The browser's own protocol (CDP) over a pipe: it reaches a page's workers too, which Playwright's sessions do not. */
import type { Readable, Writable } from 'node:stream';

type Params = Readonly<Record<string, unknown>>;
type Listener = (params: never, sessionId: string | undefined) => void;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

interface Waiting {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export class Pipe {
  private readonly input: Writable;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners = new Map<string, Set<Listener>>();
  private lastId = 0;

  constructor(input: Writable, output: Readable) {
    this.input = input;
    let unfinished = '';
    output.setEncoding('utf8').on('data', (text: string) => {
      const messages = (unfinished + text).split('\0');
      unfinished = messages.pop() ?? '';
      for (const message of messages) this.receive(JSON.parse(message));
    });
  }

  /** Fails with the browser's own words. */
  send<Result = unknown>(method: string, params: Params = {}, sessionId?: string): Promise<Result> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { method, resolve: resolve as Waiting['resolve'], reject });
      this.input.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    });
  }

  /** Hears of an event in every session. */
  on<Event>(method: string, listener: (event: Event, sessionId: string | undefined) => void): void {
    const known = this.listeners.get(method) ?? new Set();
    this.listeners.set(method, known.add(listener as Listener));
  }

  private receive({ id, method, params, result, error, sessionId }: Message): void {
    if (id === undefined) {
      for (const listener of this.listeners.get(method ?? '') ?? []) listener(params as never, sessionId);
      return;
    }
    const asked = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) asked?.reject(new Error(`${asked.method}: ${error.message}`));
    else asked?.resolve(result);
  }
}
