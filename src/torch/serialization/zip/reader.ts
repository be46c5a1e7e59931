/** A checkpoint in memory, record by record. */
import { readFrom } from '../byte-source';
import { Archive } from './archive';
import type { ZipEntry } from './directory';

export { isZip } from './archive';

export class ArchiveReader {
  private readonly bytes: Uint8Array;
  private readonly archive: Archive;

  /** Raises what `Archive.open` does. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
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
}
