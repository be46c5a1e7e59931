/**
 * The format of torch 1.5 and older (torch/serialization.py, `_legacy_load`): pickles in a row (magic, protocol, system, object,
 * storage keys), then each storage as an int64 count and raw bytes.
 */
import { dtypes } from '../dtype';
import { PythonError } from '../errors';
import { pyRepr } from '../python/repr';
import { shortTypeName } from '../python/type-name';
import { PyGlobal, PyTuple, type PyValue } from '../python/values';
import { Storage } from '../tensor';
import { Budget } from './budget';
import type { Placing } from './location';
import { keyText, storageDType } from './persistent-storages';
import type { Cursor } from './pickle/cursor';
import type { Warning } from './pickle/host';
import { limits, Refusal } from './refusal';

const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;

export interface LegacyOptions {
  readonly cursor: Cursor;
  readonly place: Placing;
  /** Reads the next pickle, with persistent ids when given. */
  next(persistentLoad?: (id: PyValue) => PyValue): PyValue;
  warn(warning: Warning): void;
}

export function loadLegacy({ cursor, place, next, warn }: LegacyOptions): PyValue {
  if (next() !== MAGIC_NUMBER) throw new PythonError('RuntimeError', 'Invalid magic number; corrupt file?');
  const version = next();
  if (version !== PROTOCOL_VERSION) {
    throw new PythonError('RuntimeError', `Invalid protocol version: ${pyRepr(version, shortTypeName)}`);
  }
  next();
  const storages = new Map<string, Storage>();
  // Their bytes follow: what goes beyond the file is an error to be raised there, as long as it fits.
  const budget = new Budget('allocation', cursor.bytes.length + limits.allocation);
  const result = next((id) => persistentLoad(id, { storages, place, warn, budget }));
  const keys = next();
  if (!Array.isArray(keys))
    throw new PythonError('TypeError', `'${shortTypeName(keys)}' object is not iterable`);
  for (const key of keys) {
    const storage = storages.get(keyText(key));
    if (!storage) {
      throw new PythonError('AssertionError', `storage key ${pyRepr(key)} not found in deserialized_objects`);
    }
    readStorage(cursor, storage);
  }
  return result;
}

interface Reading extends Pick<LegacyOptions, 'place' | 'warn'> {
  readonly storages: Map<string, Storage>;
  readonly budget: Budget;
}

function persistentLoad(id: PyValue, { storages, place, warn, budget }: Reading): PyValue {
  if (!(id instanceof PyTuple)) {
    throw new PythonError('AssertionError', `saved_id must be a tuple, got ${shortTypeName(id)}`);
  }
  const [kind, ...data] = id.items;
  if (kind === undefined) throw new PythonError('IndexError', 'tuple index out of range');
  if (kind === 'module') return checkedContainer(data, warn);
  if (kind !== 'storage') {
    throw new PythonError('RuntimeError', `Unknown saved id type: ${pyRepr(kind, shortTypeName)}`);
  }
  if (data.length !== 5) {
    const what =
      data.length < 5
        ? `not enough values to unpack (expected 5, got ${data.length})`
        : 'too many values to unpack (expected 5)';
    throw new PythonError('ValueError', what);
  }
  const [cls, rootKey, location, numel, view] = data;
  const dtype = storageDType(cls);
  const { itemsize } = dtypes[dtype];
  const key = keyText(rootKey);
  let root = storages.get(key);
  if (!root) {
    const size = Number(numel) * itemsize;
    if (!(size >= 0)) throw new Refusal('unsupported', `a storage of ${size} bytes`);
    budget.charge(size, `a storage of ${size} bytes`);
    const placed = place(location);
    root = new Storage(dtype, new Uint8Array(placed === 'meta' ? 0 : size), placed);
    storages.set(key, root);
  }
  if (view === null || !(view instanceof PyTuple)) return root;
  const [viewKey, offset, size] = view.items;
  const name = keyText(viewKey ?? null);
  const known = storages.get(name);
  if (known) return known;
  const start = Number(offset) * itemsize;
  const part = new Storage(dtype, root.bytes.subarray(start, start + Number(size) * itemsize), root.location);
  storages.set(name, part);
  return part;
}

/** A module class with the source it was saved with; only classes typed into the running program have none to compare. */
function checkedContainer(data: readonly PyValue[], warn: (warning: Warning) => void): PyValue {
  const [cls, file, source] = data;
  if (cls instanceof PyGlobal && cls.module === '__main__' && file && source) {
    warn({
      category: 'UserWarning',
      message: `Couldn't retrieve source code for container of type ${cls.name}. It won't be checked for correctness upon loading.`,
    });
  }
  return cls ?? null;
}

function readStorage(cursor: Cursor, storage: Storage): void {
  const count = cursor.read(8);
  if (count.length < 8) throw unexpectedEnd(8 - count.length);
  const { itemsize } = dtypes[storage.dtype];
  const size = Number(new DataView(count.buffer, count.byteOffset, 8).getBigInt64(0, true)) * itemsize;
  if (storage.location === 'meta') {
    cursor.read(size);
    return;
  }
  if (size !== storage.bytes.length) {
    throw new PythonError(
      'RuntimeError',
      `storage has wrong byte size: expected ${storage.bytes.length} got ${size}`,
    );
  }
  const data = cursor.read(size);
  if (data.length < size) throw unexpectedEnd(size - data.length);
  storage.bytes.set(data);
}

export function unexpectedEnd(missing: number): PythonError {
  return new PythonError(
    'RuntimeError',
    `unexpected EOF, expected ${missing} more bytes. The file might be corrupted.`,
  );
}
