/**
 * A file whose beginning and end are read at once: there are the pickle and the directory of a checkpoint, and a browser takes
 * longer to answer a dozen small questions than one of some kilobytes.
 */
import type { ByteSource } from './byte-source';

/** Bytes of each end. */
const END = 1 << 17;

export class EndsInMemory implements ByteSource {
  readonly size: number;
  private readonly source: ByteSource;
  private readonly head: Uint8Array;
  private readonly tail: Uint8Array;

  private constructor(source: ByteSource, head: Uint8Array, tail: Uint8Array) {
    this.source = source;
    this.size = source.size;
    this.head = head;
    this.tail = tail;
  }

  static async open(source: ByteSource): Promise<EndsInMemory> {
    const { size } = source;
    const [head, tail] = await Promise.all([
      source.read(0, Math.min(END, size)),
      source.read(Math.max(0, size - END), size),
    ]);
    return new EndsInMemory(source, head, tail);
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    const last = Math.min(end, this.size);
    if (last <= this.head.length) return this.head.subarray(start, last);
    const tailStart = this.size - this.tail.length;
    if (start >= tailStart) return this.tail.subarray(start - tailStart, last - tailStart);
    return this.source.read(start, end);
  }
}
