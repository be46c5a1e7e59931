/** A file that is read by ranges: two gigabytes of it never have to be in memory to know what they are. */

export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** Bytes from `start` to `end`, fewer where the file ends before. Rejects where it can no longer be read. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/**
 * Work that asks for ranges of a file and is handed their bytes, as many as there are. It does not care where they come from:
 * the same checks serve a file in memory at once, and a file on disk as its parts arrive.
 */
export type Reading<T> = Generator<readonly [start: number, end: number], T, Uint8Array>;

/** What gives views of its ranges: a Uint8Array does. */
export interface Viewable {
  readonly length: number;
  subarray(start: number, end: number): Uint8Array;
}

export function readFrom<T>(bytes: Viewable, reading: Reading<T>): T {
  let step = reading.next();
  while (!step.done) step = reading.next(bytes.subarray(...step.value));
  return step.value;
}

export async function readFromSource<T>(source: ByteSource, reading: Reading<T>): Promise<T> {
  let step = reading.next();
  while (!step.done) step = reading.next(await source.read(...step.value));
  return step.value;
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
