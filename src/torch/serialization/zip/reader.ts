/** A checkpoint in memory, whole or in the parts that matter, record by record. */
import { Budget } from '../budget';
import { readFrom, type Viewable } from '../byte-source';
import { PartsInMemory } from '../parts-in-memory';
import { Archive } from './archive';
import type { ZipEntry } from './directory';

export { isZip } from './archive';

export class ArchiveReader {
  private readonly bytes: Viewable;
  private readonly archive: Archive;
  /** Records that share bytes of the file could be copied many times over: together they are no more than it. */
  private readonly copied: Budget;

  /** Raises what `Archive.open` does. */
  constructor(bytes: Viewable) {
    this.bytes = bytes;
    this.copied = new Budget('loadedBytes', bytes.length);
    this.archive = readFrom(bytes, Archive.open(bytes.length));
  }

  get entries(): readonly ZipEntry[] {
    return this.archive.entries;
  }

  get folder(): string {
    return this.archive.folder;
  }

  has(name: string): boolean {
    return this.archive.has(name);
  }

  allRecords(): string[] {
    return this.archive.allRecords();
  }

  sizeOf(name: string): number {
    return this.archive.sizeOf(name);
  }

  offsetOf(name: string): number {
    return readFrom(this.bytes, this.archive.offsetOf(name));
  }

  setting(name: string): Uint8Array {
    return readFrom(this.bytes, this.archive.setting(name));
  }

  /** A view of the file where the record is stored as it is. */
  record(name: string): Uint8Array {
    return readFrom(this.bytes, this.archive.record(name));
  }

  /** A record's data to keep and to write to. Raises Refusal once the stored ones are more than the file together. */
  own(name: string): Uint8Array {
    const data = this.record(name);
    if (this.archive.locate(name).method !== 0) return data;
    this.copied.charge(data.length, name);
    // Parts were read for this load; only what lies askew has to be moved to be looked at as numbers.
    return this.bytes instanceof PartsInMemory && data.byteOffset % 16 === 0 ? data : data.slice();
  }

  /** Bytes of the file from where a record's data starts, whatever they are (`mmap`). */
  mapped(name: string, size: number): Uint8Array {
    const start = this.offsetOf(name);
    const data = this.bytes.subarray(start, start + size);
    this.copied.charge(data.length, name);
    return data.slice();
  }
}
