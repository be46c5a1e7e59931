/** A file that is read by ranges: two gigabytes of it never have to be in memory to know what they are. */

export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** Bytes from `start` to `end`, fewer where the file ends before. Rejects where it can no longer be read. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** Bytes that are in memory already: ranges are views of them. */
export class MemorySource implements ByteSource {
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get size(): number {
    return this.bytes.length;
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    return this.bytes.subarray(start, end);
  }
}
