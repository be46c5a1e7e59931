/** Files that are pickles from their first byte on: torch 1.5 and older, and what `pickle.dump` wrote. */
import type { Reading } from '../byte-source';
import { type PickleWindow, pickleWindow } from '../pickle/window';
import { limits } from '../refusal';
import { type Container, type OpenPickle, openPickle } from './container';
import { fieldsOf } from './contents';
import { limitFault } from './faults';
import { NamedStorages } from './storages';
import type { FileFault, StorageEntry } from './types';

/** Magic number, protocol version, system, the object, the storages' keys (torch/serialization.py, `_legacy_save`). */
const legacyPickles = 5;
const [SYSTEM, OBJECT, KEYS] = [2, 3, 4];

interface Row {
  readonly pickles: readonly OpenPickle[];
  /** What the main pickle names. */
  readonly storages: NamedStorages;
  readonly faults: readonly FileFault[];
}

function describeRow({ bytes, ends, isCut }: PickleWindow, main: number): Row {
  let storages = new NamedStorages();
  const pickles = ends.slice(0, limits.pickles).map((_, i) =>
    openPickle(() => {
      const named = new NamedStorages();
      if (i === main) storages = named;
      const persistentLoad = named.persistentLoad.bind(named);
      return { bytes, start: ends[i - 1] ?? 0, isCut, storages: named, persistentLoad };
    }, null),
  );
  return { pickles, storages, faults: ends.length > limits.pickles ? [limitFault('pickles')] : [] };
}

export function* describeRawPickle(fileSize: number): Reading<Container> {
  const read = yield* pickleWindow(0, fileSize, limits.pickles + 1);
  const { pickles, storages, faults } = describeRow(read, 0);
  const end = read.ends[read.ends.length - 1] ?? 0;
  const trailing = fileSize - end;
  return {
    container: 'pickle',
    pickles,
    mainPickle: 0,
    storages: storages.list.map(({ key, dtype, location, size }) => ({
      key,
      dtype,
      location,
      size,
      record: null,
      dataOffset: null,
    })),
    storageFaults: new Map(
      storages.list.map(({ key }, i) => [i, { id: 'missing', params: { record: key } } as const]),
    ),
    faults:
      trailing > 0 && !read.isCut ? [...faults, { id: 'trailing', params: { bytes: trailing } }] : faults,
  };
}

/** The storages' bytes follow the pickles, each behind its count, in the order of the keys. */
export function* describeLegacy(fileSize: number): Reading<Container> {
  const read = yield* pickleWindow(0, fileSize, legacyPickles);
  const { pickles, storages, faults } = describeRow(read, OBJECT);
  const system = fieldsOf(pickles[SYSTEM]?.value).get('little_endian');
  const starts = new Map<string, number>();
  let at = read.ends[KEYS] ?? fileSize;
  const keys = pickles[KEYS]?.value;
  const sizes = new Map(storages.list.map(({ key, size }) => [key, size]));
  for (const key of keys?.kind === 'list' ? keys.items : []) {
    if (key.kind !== 'str') break;
    at += COUNT;
    starts.set(key.value, at);
    at += sizes.get(key.value) ?? 0;
  }
  const list = storages.list.map((storage): StorageEntry => {
    const { key, dtype, location, size, within } = storage;
    const root = within ? starts.get(storages.list[within.root].key) : starts.get(key);
    const dataOffset = root === undefined ? null : root + (within?.start ?? 0);
    return { key, dtype, location, size, record: null, dataOffset };
  });
  return {
    container: 'legacy',
    byteOrder: system?.kind === 'bool' && !system.value ? 'big' : 'little',
    pickles,
    mainPickle: pickles.length > OBJECT ? OBJECT : -1,
    sources: storages.sources,
    storages: list,
    storageFaults: new Map(list.flatMap((storage, i) => faultsOf(storage, i, fileSize))),
    faults: at > fileSize ? [...faults, { id: 'truncated', params: { bytes: at - fileSize } }] : faults,
  };
}

/** An int64 in front of each storage. */
const COUNT = 8;

function faultsOf(
  { key, dataOffset, size }: StorageEntry,
  i: number,
  fileSize: number,
): [number, FileFault][] {
  if (dataOffset === null) return [[i, { id: 'missing', params: { record: key } }]];
  const missing = dataOffset + size - fileSize;
  return missing > 0 ? [[i, { id: 'truncated', params: { bytes: missing } }]] : [];
}
