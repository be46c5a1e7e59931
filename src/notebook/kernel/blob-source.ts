/** A Blob as a file to read by ranges: one that was chosen on the person's disk is never copied whole. */
import type { ByteSource } from '../../torch/serialization/byte-source';
import { Refusal } from '../../torch/serialization/refusal';
import { readElsewhere, startReaders } from './blob-readers';

/** Files from which on other threads help to read. */
const LARGE = 1 << 25;
/** Ranges that are worth handing over. */
const LONG = 1 << 22;

export class BlobSource implements ByteSource {
  private readonly blob: Blob;
  /** Long ranges this thread is reading. */
  private reading = 0;

  constructor(blob: Blob) {
    this.blob = blob;
    if (blob.size >= LARGE) startReaders();
  }

  get size(): number {
    return this.blob.size;
  }

  /** Raises Refusal where the file is gone or was written to since it was chosen, or memory does not suffice. */
  async read(start: number, end: number): Promise<Uint8Array> {
    try {
      const isLong = end - start >= LONG;
      const elsewhere = isLong ? readElsewhere(this.blob, start, end, this.reading) : null;
      return await (elsewhere ?? this.readHere(start, end, isLong ? 1 : 0));
    } catch (error) {
      throw new Refusal('unreadable', error instanceof Error ? error.message : String(error));
    }
  }

  private async readHere(start: number, end: number, long: number): Promise<Uint8Array> {
    this.reading += long;
    try {
      return new Uint8Array(await this.blob.slice(start, end).arrayBuffer());
    } finally {
      this.reading -= long;
    }
  }
}
