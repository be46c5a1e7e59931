/**
 * A kernel that outlives its worker. A browser short of memory ends workers without a word, and with this one go the
 * model and the shelf. What was done is kept here as statements, and the generator is seeded: done again by a new kernel
 * they give the same numbers and the same files.
 */
import type { KernelView } from '../views';
import { type Connect, type Connection, KernelEnded } from './connection';
import type { Watch } from './inspect/inspections';
import type { Answer, Ask, Batch } from './protocol';

/** `again` while a new kernel does again what the one that ended had done. */
export type KernelNews = 'again' | 'back';

export class LastingKernel {
  private readonly connect: Connect;
  private readonly onView: (view: KernelView) => void;
  private readonly onNews: (news: KernelNews | null) => void;
  private readonly done: Batch[] = [];
  private current: Connection;
  /** Of the newest restart. */
  private ready: Promise<void> = Promise.resolve();

  constructor(
    connect: Connect,
    onView: (view: KernelView) => void,
    onNews: (news: KernelNews | null) => void,
  ) {
    this.connect = connect;
    this.onView = onView;
    this.onNews = onNews;
    this.current = connect(onView);
  }

  /**
   * Asked again of a new kernel where one ends over it, once: what ends two kernels would end a third. Fails with the
   * `KernelEnded` of the second then, and the next to ask has a kernel without it.
   */
  async ask(ask: Ask, watch?: Watch): Promise<Answer> {
    const asked = this.current;
    try {
      return await this.askNow(ask, watch);
    } catch (error) {
      if (!(error instanceof KernelEnded)) throw error;
      this.restartAfter(asked);
      return this.askNow(ask, watch);
    }
  }

  private async askNow(ask: Ask, watch?: Watch): Promise<Answer> {
    await this.ready;
    const answer = await this.current.ask(ask, watch);
    if (ask.kind === 'execute') this.done.push({ statements: ask.statements, cell: ask.cell });
    return answer;
  }

  /** All who were waiting for the kernel that ended share one restart. */
  private restartAfter(ended: Connection): void {
    if (this.current !== ended) return;
    this.current = this.connect(this.onView);
    if (this.done.length === 0) return;
    this.onNews('again');
    this.ready = this.replay(this.current);
    this.ready.catch(() => undefined);
  }

  private async replay(kernel: Connection): Promise<void> {
    try {
      await kernel.ask({ kind: 'replay', batches: [...this.done] });
      this.onNews('back');
    } catch (error) {
      this.onNews(null);
      // A model that is half of what it was must not be gone on with.
      kernel.end(new KernelEnded('what was done could not be done again'));
      throw error;
    }
  }
}
