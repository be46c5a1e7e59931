/** A Blob as a file to read by ranges: one that was chosen on the person's disk is never copied whole. */
import type { ByteSource } from '../../torch/serialization/byte-source';
import { Refusal } from '../../torch/serialization/refusal';

export class BlobSource implements ByteSource {
  private readonly blob: Blob;

  constructor(blob: Blob) {
    this.blob = blob;
  }

  get size(): number {
    return this.blob.size;
  }

  /** Raises Refusal where the file is gone or was written to since it was chosen, or memory does not suffice. */
  async read(start: number, end: number): Promise<Uint8Array> {
    try {
      return new Uint8Array(await this.blob.slice(start, end).arrayBuffer());
    } catch (error) {
      throw new Refusal('unreadable', error instanceof Error ? error.message : String(error));
    }
  }
}
