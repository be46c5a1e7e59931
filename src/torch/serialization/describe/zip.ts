/** A zip: what `torch.save` writes, TorchScript, and any other that people take for one. */
import { PythonError } from '../../errors';
import { Budget } from '../budget';
import type { Reading } from '../byte-source';
import { LimitRefusal, limits } from '../refusal';
import { encodeUtf8, latin1 } from '../utf8';
import { Archive, checkMethod, dataOffset, entryData, foldCase } from '../zip/archive';
import { directoryEntries, type ZipEntry, ZipError } from '../zip/directory';
import { type Container, type OpenPickle, openPickle } from './container';
import { limitFault } from './faults';
import { readHeaders } from './local-headers';
import { directoryFaults, recordsOf } from './records';
import { NamedStorages } from './storages';
import type { FileFault, RecordEntry, StorageEntry } from './types';

/** The archive as far as it can be read, and what PyTorch says of it where that is not all. */
interface Opened {
  readonly entries: readonly ZipEntry[];
  readonly folder: string | null;
  readonly faults: readonly FileFault[];
}

function* openZip(fileSize: number): Reading<Opened> {
  try {
    const { entries, folder } = yield* Archive.open(fileSize);
    return { entries, folder, faults: [] };
  } catch (error) {
    const fault = faultOfError(error);
    if (fault.id === 'limit') return { entries: [], folder: null, faults: [fault] };
    const entries = yield* entriesOrNone(fileSize);
    // PyTorch refuses it, but what lies where its records would can still be shown.
    const pickle = entries.find(({ name }) => /^[^/]+\/data\.pkl$/.test(name));
    return { entries, folder: pickle ? pickle.name.split('/')[0] : null, faults: [fault] };
  }
}

function* entriesOrNone(fileSize: number): Reading<ZipEntry[]> {
  try {
    return yield* directoryEntries(fileSize);
  } catch (error) {
    if (error instanceof ZipError || error instanceof LimitRefusal) return [];
    throw error;
  }
}

function faultOfError(error: unknown): FileFault {
  if (error instanceof PythonError) return { id: 'archive', params: { message: error.message } };
  if (error instanceof LimitRefusal) return limitFault(error.limit);
  throw error;
}

export function* describeZip(fileSize: number): Reading<Container> {
  const { entries, folder, faults } = yield* openZip(fileSize);
  const near = fileSize <= limits.smallFile ? entries : entries.slice(0, limits.localHeaders);
  const read = yield* readHeaders(near, recordsOf(entries), fileSize);
  const zip = new ZipContents(entries, folder, fileSize);
  const gathered = yield* zip.describePickles();
  return {
    container: 'zip',
    ...(folder !== null && { folder }),
    byteOrder: yield* zip.byteOrder(),
    records: read.records,
    entries,
    ...gathered,
    storages: gathered.storages.map((storage) => placed(storage, read.records)),
    faults: [...faults, ...directoryFaults(entries), ...read.faults, ...gathered.faults].slice(
      0,
      limits.faults,
    ),
  };
}

function placed(storage: StorageEntry, records: readonly RecordEntry[]): StorageEntry {
  const record = storage.record === null ? undefined : records[storage.record];
  return { ...storage, dataOffset: record?.method === 'stored' ? record.dataOffset : null };
}

type Pickles = Required<Pick<Container, 'pickles' | 'mainPickle' | 'storages' | 'storageFaults' | 'faults'>>;

class ZipContents {
  private readonly entries: readonly ZipEntry[];
  private readonly folder: string | null;
  private readonly fileSize: number;
  private readonly byName = new Map<string, number>();
  private readonly inflated = new Budget('describedInflatedBytes');

  constructor(entries: readonly ZipEntry[], folder: string | null, fileSize: number) {
    this.entries = entries;
    this.folder = folder;
    this.fileSize = fileSize;
    // Lookup ignores case, and of two equal names finds the first, as PyTorch's does.
    for (const [i, { name }] of entries.entries()) {
      const key = foldCase(name);
      if (!this.byName.has(key)) this.byName.set(key, i);
    }
  }

  private find(name: string): number | undefined {
    return this.folder === null ? undefined : this.byName.get(foldCase(`${this.folder}/${name}`));
  }

  private *data(index: number, most: number): Reading<Uint8Array> {
    const entry = this.entries[index];
    checkMethod(entry, entry.name);
    const start = yield* dataOffset(entry, entry.name, this.fileSize);
    return yield* entryData(entry, start, { name: entry.name, most, inflated: this.inflated });
  }

  *byteOrder(): Reading<'little' | 'big'> {
    const index = this.find('byteorder');
    try {
      return index !== undefined && latin1(yield* this.data(index, 16)) === 'big' ? 'big' : 'little';
    } catch (error) {
      faultOfError(error);
      return 'little';
    }
  }

  /** Every record whose name ends in `.pkl`; the saved object is in `data.pkl`. */
  *describePickles(): Reading<Pickles> {
    const named = this.entries.flatMap(({ name }, i) => (name.endsWith('.pkl') ? [i] : []));
    const main = this.find('data.pkl');
    const chosen = named.slice(0, limits.pickles);
    if (main !== undefined && !chosen.includes(main)) chosen[0] = main;
    const faults: FileFault[] = named.length > limits.pickles ? [limitFault('pickles')] : [];
    const pickles: OpenPickle[] = [];
    const storages: StorageEntry[] = [];
    let mainPickle = -1;
    let left: number = limits.pickleBytes;
    for (const index of chosen) {
      try {
        const { size, name } = this.entries[index];
        // All are kept for their rows: besides the main one they are no longer than another together.
        const bytes = yield* this.data(index, index === main ? limits.pickleBytes : left);
        if (index !== main) left -= bytes.length;
        const before = storages.length;
        let registry = new NamedStorages(before);
        const open = () => {
          registry = new NamedStorages(before);
          const persistentLoad = registry.persistentLoad.bind(registry);
          return { bytes, start: 0, isCut: bytes.length < size, storages: registry, persistentLoad };
        };
        if (index === main) mainPickle = pickles.length;
        pickles.push(openPickle(open, index));
        const prefix = name.slice((this.folder?.length ?? 0) + 1).replace(/\.pkl$/, '');
        for (const storage of registry.list) {
          const record = this.find(`${prefix}/${latin1(encodeUtf8(storage.key))}`);
          const { key, dtype, location, size: bytesNamed } = storage;
          storages.push({ key, dtype, location, size: bytesNamed, record: record ?? null, dataOffset: null });
        }
      } catch (error) {
        faults.push(faultOfError(error));
      }
    }
    return { pickles, mainPickle, storages, storageFaults: this.storageFaults(storages), faults };
  }

  private storageFaults(storages: readonly StorageEntry[]): Map<number, FileFault> {
    const faults = new Map<number, FileFault>();
    for (const [i, { key, size, record }] of storages.entries()) {
      if (record === null) {
        faults.set(i, { id: 'missing', params: { record: `data/${key}` } });
        continue;
      }
      const entry = this.entries[record];
      if (entry.size !== size) {
        faults.set(i, { id: 'size', params: { record: `data/${key}`, size: entry.size, expected: size } });
      }
      if (entry.flags & 0x61) faults.set(i, { id: 'encrypted', params: { record: `data/${key}` } });
      if (entry.method !== 0 && entry.method !== 8)
        faults.set(i, { id: 'method', params: { record: `data/${key}` } });
    }
    return faults;
  }
}
