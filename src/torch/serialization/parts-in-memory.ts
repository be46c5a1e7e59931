/** Some ranges of a file that is not in memory whole: what a reading has asked for before, it is given again at once. */
import { Refusal } from './refusal';

export class PartsInMemory {
  /** Size of the whole file. */
  readonly length: number;
  /** A part was asked for that is not here: what came of it is no answer, and the whole file has to be read. */
  missed = false;
  private readonly parts = new Map<number, Uint8Array>();

  constructor(length: number) {
    this.length = length;
  }

  /** Keeps the longest part that begins there. */
  put(start: number, bytes: Uint8Array): void {
    const known = this.parts.get(start);
    if (!known || known.length < bytes.length) this.parts.set(start, bytes);
  }

  /** As `Uint8Array.subarray`. Raises Refusal for a range that begins where no part does, or goes beyond it. */
  subarray(start: number, end: number): Uint8Array {
    const last = Math.min(end, this.length);
    if (last <= start) return new Uint8Array(0);
    const part = this.parts.get(start);
    if (part && part.length >= last - start) return part.subarray(0, last - start);
    this.missed = true;
    throw new Refusal('unsupported', 'a part of the file that its pickle does not name');
  }
}
