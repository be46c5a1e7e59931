/** Bytes of storages and records, read when they are looked at. */
import { Budget } from '../budget';
import type { Reading } from '../byte-source';
import { LimitRefusal, limits, Refusal } from '../refusal';
import { checkMethod, dataOffset, entryData } from '../zip/archive';
import type { Container } from './container';
import type { RecordEntry, StorageEntry } from './types';

export class StorageReader {
  private readonly container: Container;
  private readonly fileSize: number;
  /** The record that was expanded last. */
  private expanded: { readonly record: number; readonly bytes: Uint8Array } | null = null;
  private readonly starts = new Map<number, number>();

  constructor(container: Container, fileSize: number) {
    this.container = container;
    this.fileSize = fileSize;
  }

  /** Raises RuntimeError in PyTorch's words, Refusal for a storage that is nowhere. */
  *storage({ record, dataOffset: start }: StorageEntry, from: number, to: number): Reading<Uint8Array> {
    if (start !== null) return yield [start + from, start + to];
    if (record === null) throw new Refusal('unsupported', 'a storage that is not in the file');
    return yield* this.record(record, from, to);
  }

  *record(index: number, from: number, to: number): Reading<Uint8Array> {
    const start = yield* this.startOf(index);
    const entry = this.container.entries?.[index];
    if (!entry || entry.method === 0) {
      const { size } = this.entry(index);
      return yield [start + Math.min(from, size), start + Math.min(to, size)];
    }
    if (this.expanded?.record !== index) {
      if (entry.size > limits.describedInflatedBytes)
        throw new LimitRefusal('describedInflatedBytes', `${entry.size} bytes in ${entry.name}`);
      this.expanded = null;
      const inflated = new Budget('inflatedBytes');
      this.expanded = {
        record: index,
        bytes: yield* entryData(entry, start, { name: entry.name, inflated }),
      };
    }
    return this.expanded.bytes.subarray(from, to);
  }

  private entry(index: number): RecordEntry {
    const record = this.container.records?.[index];
    if (!record) throw new Refusal('unsupported', `no record ${index}`);
    return record;
  }

  private *startOf(index: number): Reading<number> {
    const known = this.entry(index).dataOffset ?? this.starts.get(index);
    const entry = this.container.entries?.[index];
    if (entry) checkMethod(entry, entry.name);
    if (known !== undefined) return known;
    if (!entry) throw new Refusal('unsupported', `no record ${index}`);
    const start = yield* dataOffset(entry, entry.name, this.fileSize);
    this.starts.set(index, start);
    return start;
  }
}
