/** `persistent_load` of a zip checkpoint (torch/serialization.py, `_load`): persistent ids to storages, read once each. */
import { type DType, dtypes } from '../dtype';
import { PythonError } from '../errors';
import { pyRepr } from '../python/repr';
import { shortTypeName } from '../python/type-name';
import { PyBytes, PyDType, PyGlobal, PyTuple, type PyValue } from '../python/values';
import { Storage } from '../tensor';
import { byteswap } from './byteswap';
import type { Placing } from './location';
import { storageClasses } from './pickle/names';
import { latin1 } from './utf8';
import type { ArchiveReader } from './zip/reader';

export interface StorageOptions {
  readonly place: Placing;
  /** `map_location='meta'`: tags are not looked at. */
  readonly meta: boolean;
  /** Sizes and places are checked, no element is read: storages are left on `meta`. */
  readonly dataless: boolean;
  /** `mmap=True` takes bytes where the directory says they start, without looking at them. */
  readonly mapped?: boolean;
}

/** Element type of a storage class a persistent id names. Raises AttributeError for anything else. */
export function storageDType(cls: PyValue): DType {
  if (cls instanceof PyGlobal) {
    if (cls.name === 'UntypedStorage') return 'uint8';
    const dtype = storageClasses.get(cls.name);
    if (dtype) return dtype;
    throw new PythonError('AttributeError', `type object '${cls.name}' has no attribute 'dtype'`);
  }
  const type = cls instanceof PyDType ? 'torch.dtype' : shortTypeName(cls);
  throw new PythonError('AttributeError', `'${type}' object has no attribute 'dtype'`);
}

/** The fields behind `'storage'`. Raises what Python raises for a tuple of another shape. */
export function unpackId(id: PyValue, count: number): readonly PyValue[] {
  if (!(id instanceof PyTuple)) {
    throw new PythonError('AssertionError', `saved_id must be a tuple, got ${shortTypeName(id)}`);
  }
  if (id.items.length === 0) throw new PythonError('IndexError', 'tuple index out of range');
  const kind = id.items[0];
  if (kind !== 'storage') {
    throw new PythonError(
      'AssertionError',
      `Unknown typename for persistent_load, expected 'storage' but got '${typeof kind === 'string' ? kind : shortTypeName(kind)}'`,
    );
  }
  const data = id.items.slice(1);
  if (data.length < count) {
    throw new PythonError(
      'ValueError',
      `not enough values to unpack (expected ${count}, got ${data.length})`,
    );
  }
  if (data.length > count)
    throw new PythonError('ValueError', `too many values to unpack (expected ${count})`);
  return data;
}

export function keyText(key: PyValue): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'number' || typeof key === 'bigint') return String(key);
  throw new PythonError('TypeError', `unhashable type: '${shortTypeName(key)}'`);
}

export class PersistentStorages {
  private readonly archive: ArchiveReader;
  private readonly options: StorageOptions;
  private readonly swapped: boolean;
  private readonly loaded = new Map<string, Storage>();

  /** Raises ValueError for a byte order it does not know. */
  constructor(archive: ArchiveReader, options: StorageOptions) {
    this.archive = archive;
    this.options = options;
    if (archive.has('.format_version')) archive.setting('.format_version');
    const order = archive.has('byteorder') ? latin1(archive.setting('byteorder')) : 'little';
    if (order !== 'little' && order !== 'big')
      throw new PythonError('ValueError', `Unknown endianness type: ${order}`);
    this.swapped = order === 'big';
    if (archive.has('.storage_alignment')) {
      const record = archive.setting('.storage_alignment');
      const text = latin1(record);
      if (!/^\s*[-+]?\d+(_\d+)*\s*$/.test(text)) {
        throw new PythonError(
          'ValueError',
          `invalid literal for int() with base 10: ${pyRepr(new PyBytes(record))}`,
        );
      }
    }
  }

  load(id: PyValue): Storage {
    const [cls, key, location, numel] = unpackId(id, 4);
    const dtype = storageDType(cls);
    const name = keyText(key);
    const known = this.loaded.get(name);
    if (known) return known;
    const count = elementCount(numel);
    const storage = this.read(name, dtype, count * dtypes[dtype].itemsize, location);
    // An empty storage has no address to be found by: each persistent id makes a new one, as each meta storage is new.
    if (storage.bytes.length > 0) this.loaded.set(name, storage);
    return storage;
  }

  private read(key: string, dtype: DType, size: number, location: PyValue): Storage {
    const name = `data/${key}`;
    const { place, meta, dataless, mapped } = this.options;
    if (meta) {
      this.archive.offsetOf(name);
      return new Storage(dtype, new Uint8Array(0), 'meta');
    }
    if (mapped) this.archive.offsetOf(name);
    else this.checkSize(name, size);
    const bytes = dataless ? null : mapped ? this.archive.mapped(name, size) : this.archive.own(name);
    const restored = place(location);
    if (restored === 'meta' || !bytes) return new Storage(dtype, new Uint8Array(0), 'meta');
    return new Storage(dtype, this.swapped ? byteswap(bytes, dtype) : bytes, restored);
  }

  /** A record must be as long as the pickle says. */
  private checkSize(name: string, size: number): void {
    if (size < 0) {
      throw new PythonError(
        'TypeError',
        'get_storage_from_record(): incompatible function arguments. The following argument types are supported:\n' +
          '    1. (self: torch._C.PyTorchFileReader, arg0: str, arg1: typing.SupportsInt | typing.SupportsIndex, arg2: object) ' +
          `-> torch.Tensor\n\nInvoked with: <torch.PyTorchFileReader object at 0x7f0000000000>, '${name}', ${size}, ` +
          "<class 'torch.storage.UntypedStorage'>",
      );
    }
    const actual = this.archive.sizeOf(name);
    if (actual !== size) {
      throw new PythonError(
        'RuntimeError',
        `record size (${actual} bytes) does not match expected size (${size} bytes = ${size} elements * 1 bytes/element) ` +
          'for dtype Byte',
      );
    }
  }
}

function elementCount(numel: PyValue): number {
  if (typeof numel === 'number' || typeof numel === 'bigint') return Number(numel);
  throw new PythonError(
    'TypeError',
    `unsupported operand type(s) for *: '${shortTypeName(numel)}' and 'int'`,
  );
}
