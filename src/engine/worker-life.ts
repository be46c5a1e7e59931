/**
 * Whether a worker still lives. One that the browser ended, or that closed itself, raises no event: what it was asked would
 * be waited for without end. So it holds a lock, which the browser passes on when it is gone (Web Locks API), even while
 * it computes and could not answer. Where there are no locks (no secure context, a sandboxed frame), nothing is told.
 */

/** A name that no other tab of this origin uses. */
export function lockName(): string {
  return `matchbook-worker-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`;
}

/** In the worker: resolves once the lock is held, for as long as the worker lives. */
export function holdLife(lock: string): Promise<void> {
  const { locks } = navigator as Partial<Navigator>;
  if (!locks) return Promise.resolve();
  return new Promise((held) => {
    const forever = (): Promise<never> => {
      held();
      return new Promise(() => undefined);
    };
    locks.request(lock, forever).catch(held);
  });
}

/** Beside the worker, once the lock is held: calls `tell` when the worker is gone. The result stops watching. */
export function watchLife(lock: string, tell: () => void): () => void {
  const { locks } = navigator as Partial<Navigator>;
  const watching = new AbortController();
  locks?.request(lock, { signal: watching.signal }, tell).catch(() => undefined);
  return () => watching.abort();
}
