/** Tar archives, as far as torch < 0.1.10 made them; recognised as Python's tarfile does (Lib/tarfile.py, `TarInfo.frombuf`). */
import { dtypes } from '../dtype';
import { PythonError } from '../errors';
import { PyTuple, type PyValue } from '../python/values';
import { Storage, Tensor } from '../tensor';
import { type Reading, readFrom } from './byte-source';
import { unexpectedEnd } from './legacy';
import type { Placing } from './location';
import { keyText, storageDType } from './persistent-storages';
import { Cursor } from './pickle/cursor';
import { callRebuild } from './rebuild';
import { limits } from './refusal';
import { latin1 } from './utf8';

const BLOCK = 512;

/** A header whose checksum holds, or the empty block that ends an archive: a file of zeros is an empty tar. */
export function isTar(bytes: Uint8Array): boolean {
  if (bytes.length < BLOCK) return false;
  const header = bytes.subarray(0, BLOCK);
  if (header.every((byte) => byte === 0)) return true;
  const field = String.fromCharCode(...header.subarray(148, 156))
    .split('\0')[0]
    .trim();
  if (!/^[0-7]+$/.test(field)) return false;
  let sum = 0;
  for (const [i, byte] of header.entries()) sum += i >= 148 && i < 156 ? 0x20 : byte;
  return sum === Number.parseInt(field, 8);
}

export interface TarMember {
  readonly name: string;
  /** Where its header is, and its data. */
  readonly headerOffset: number;
  readonly start: number;
  /** Less than it says where the file ends before. */
  readonly end: number;
}

/** Members in order, up to the empty block or a header that makes no sense. */
export function* tarMembers(fileSize: number): Reading<TarMember[]> {
  const members: TarMember[] = [];
  for (let at = 0; at + BLOCK <= fileSize && members.length < limits.entries; ) {
    const header = yield [at, at + BLOCK];
    if (header.every((byte) => byte === 0)) break;
    const text = (start: number, end: number): string =>
      latin1(header.subarray(start, end)).split('\0')[0].trim();
    const size = Number.parseInt(text(124, 136), 8);
    if (!(size >= 0)) break;
    const start = at + BLOCK;
    members.push({ name: text(0, 100), headerOffset: at, start, end: Math.min(start + size, fileSize) });
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return members;
}

/** Data of a member by name. Raises KeyError as `TarFile.getmember` does. */
function member(bytes: Uint8Array, name: string): Uint8Array {
  const found = readFrom(bytes, tarMembers(bytes.length)).find((one) => one.name === name);
  if (found) return bytes.subarray(found.start, found.end);
  throw new PythonError('KeyError', `"filename '${name}' not found"`);
}

/** Reads the next pickle of a member, with persistent ids when given. */
type Unpickle = (cursor: Cursor, persistentLoad?: (id: PyValue) => PyValue) => PyValue;

/**
 * The container of torch < 0.1.10 (torch/serialization.py, `legacy_load`): members `storages`, `tensors` and `pickle`.
 * Objects are known by the memory addresses they had.
 */
export function loadTar(bytes: Uint8Array, unpickle: Unpickle, place: Placing): PyValue {
  const objects = new Map<string, Storage | Tensor>();
  readStorages(new Cursor(member(bytes, 'storages')), unpickle, objects, place);
  readTensors(new Cursor(member(bytes, 'tensors')), unpickle, objects);
  return unpickle(new Cursor(member(bytes, 'pickle')), (id) => {
    if (id instanceof PyTuple) return id.items[0] ?? null;
    const object = objects.get(keyText(id));
    if (!object) throw new PythonError('KeyError', keyText(id));
    return object;
  });
}

function fields(value: PyValue, count: number): readonly PyValue[] {
  if (value instanceof PyTuple && value.items.length === count) return value.items;
  throw new PythonError('ValueError', `not enough values to unpack (expected ${count})`);
}

function storageNamed(key: PyValue, objects: ReadonlyMap<string, Storage | Tensor>): Storage {
  const storage = objects.get(keyText(key));
  if (storage instanceof Storage) return storage;
  throw new PythonError('KeyError', keyText(key));
}

function readStorages(
  cursor: Cursor,
  unpickle: Unpickle,
  objects: Map<string, Storage | Tensor>,
  place: Placing,
): void {
  const count = Number(unpickle(cursor));
  for (let i = 0; i < count; i++) {
    const [key, location, cls] = fields(unpickle(cursor), 3);
    const dtype = storageDType(cls);
    const size = int64(cursor) * dtypes[dtype].itemsize;
    const data = cursor.read(size);
    if (data.length < size) throw unexpectedEnd(size - data.length);
    const placed = place(location);
    objects.set(
      keyText(key),
      new Storage(dtype, placed === 'meta' ? new Uint8Array(0) : data.slice(), placed),
    );
  }
  const views = unpickle(cursor);
  for (const view of Array.isArray(views) ? views : []) {
    const [target, root, offset, numel] = fields(view, 4);
    const { dtype, bytes, location } = storageNamed(root, objects);
    const { itemsize } = dtypes[dtype];
    const start = Number(offset) * itemsize;
    objects.set(
      keyText(target),
      new Storage(dtype, bytes.subarray(start, start + Number(numel) * itemsize), location),
    );
  }
}

function readTensors(cursor: Cursor, unpickle: Unpickle, objects: Map<string, Storage | Tensor>): void {
  const count = Number(unpickle(cursor));
  for (let i = 0; i < count; i++) {
    const [key, storageKey] = fields(unpickle(cursor), 3);
    const storage = storageNamed(storageKey, objects);
    // The count of axes is an int32 in a place for eight bytes.
    const axes = int64(cursor) & 0xff;
    const numbers = (): PyTuple => new PyTuple(Array.from({ length: axes }, () => int64(cursor)));
    const [size, stride] = [numbers(), numbers()];
    const tensor = callRebuild('_rebuild_tensor', [storage, int64(cursor), size, stride]);
    if (tensor instanceof Tensor) objects.set(keyText(key), tensor);
  }
}

function int64(cursor: Cursor): number {
  const data = cursor.read(8);
  if (data.length < 8) throw unexpectedEnd(8 - data.length);
  return Number(new DataView(data.buffer, data.byteOffset, 8).getBigInt64(0, true));
}
