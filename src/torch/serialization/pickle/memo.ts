/** The slots of a pickle: what was written, and references to it. */
import type { ByteSink } from './byte-sink';

export class Memo {
  private readonly out: ByteSink;
  private readonly slots = new Map<unknown, number>();
  private count = 0;

  constructor(out: ByteSink) {
    this.out = out;
  }

  /** Gives what was just written a slot; nothing refers to one without identity. */
  put(identity: unknown): void {
    const slot = this.count++;
    if (identity !== undefined) this.slots.set(identity, slot);
    if (slot < 256) this.out.ascii('q').u8(slot);
    else this.out.ascii('r').u32(slot);
  }

  /** Writes a reference when the object was written before. */
  get(identity: unknown): boolean {
    const slot = this.slots.get(identity);
    if (slot === undefined) return false;
    if (slot < 256) this.out.ascii('h').u8(slot);
    else this.out.ascii('j').u32(slot);
    return true;
  }
}
