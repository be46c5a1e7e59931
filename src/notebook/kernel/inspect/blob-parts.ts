/** A file in the making, a piece at a time: what has come together is handed to the browser, which may keep it on disk. */
import { crc32 } from '../../../torch/serialization/zip/crc32';

/** Bytes that are gathered before they are handed over. */
const GATHERED = 1 << 24;

export class BlobParts {
  private readonly blobs: Blob[] = [];
  private gathered: Uint8Array[] = [];
  private held = 0;
  /** Of all bytes so far. */
  size = 0;
  crc = 0;

  add(bytes: Uint8Array): this {
    this.gathered.push(bytes);
    this.held += bytes.length;
    this.size += bytes.length;
    this.crc = crc32(bytes, this.crc);
    if (this.held >= GATHERED) this.handOver();
    return this;
  }

  /** All of another one behind what is here. Its checksum is not carried on. */
  append(other: BlobParts): this {
    this.handOver();
    this.blobs.push(other.blob());
    this.size += other.size;
    return this;
  }

  blob(): Blob {
    this.handOver();
    return new Blob(this.blobs);
  }

  private handOver(): void {
    if (this.gathered.length > 0) this.blobs.push(new Blob(this.gathered as BlobPart[]));
    this.gathered = [];
    this.held = 0;
  }
}
