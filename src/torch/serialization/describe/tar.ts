/** The container of torch < 0.1.10: members `storages`, `tensors` and `pickle`, whose objects are known by their addresses. */
import { type DType, dtypes } from '../../dtype';
import type { Reading } from '../byte-source';
import { storageClasses } from '../pickle/names';
import { pickleWindow } from '../pickle/window';
import { type TarMember, tarMembers } from '../tar';
import { viewOf } from '../zip/directory';
import { type Container, openPickle } from './container';
import type { DescribedValue } from './pickle-types';
import { pickleSteps } from './steps';
import { countOf, NamedStorages } from './storages';
import type { RecordEntry, StorageEntry } from './types';

/** Storages and tensors that are looked for: files of that age hold some hundred. */
const MOST = 10_000;

export function* describeTar(fileSize: number): Reading<Container> {
  const members = yield* tarMembers(fileSize);
  const records = members.map(
    ({ name, headerOffset, start, end }): RecordEntry => ({
      name,
      size: end - start,
      compressed: end - start,
      method: 'stored',
      crc: null,
      headerOffset,
      dataOffset: start,
    }),
  );
  const find = (name: string): TarMember | undefined => members.find((one) => one.name === name);
  const [pickle, storages, tensors] = [find('pickle'), find('storages'), find('tensors')];
  if (!pickle || !storages || !tensors) return { container: 'tar', records };
  const entries = new Map(yield* readStorages(storages));
  const keys = [...entries.keys()];
  const known = new Map(yield* readTensors(tensors, (key) => keys.indexOf(key), [...entries.values()]));
  for (const [i, key] of keys.entries()) known.set(key, { kind: 'storage', storage: i });
  const { bytes, isCut } = yield* pickleWindow(pickle.start, pickle.end, 1);
  const persistentLoad = (id: DescribedValue): DescribedValue | null =>
    id.kind === 'tuple' ? (id.items[0] ?? null) : (known.get(keyOf(id) ?? '') ?? null);
  const open = () => ({ bytes, start: 0, isCut, storages: new NamedStorages(), persistentLoad });
  return {
    container: 'tar',
    records,
    pickles: [openPickle(open, members.indexOf(pickle))],
    mainPickle: 0,
    storages: [...entries.values()],
  };
}

/** A value and where its pickle ends; `null` where there is none. */
function* valueAt(at: number, { end }: TarMember): Reading<{ value: DescribedValue; end: number } | null> {
  const { bytes, isCut } = yield* pickleWindow(at, end, 1);
  const storages = new NamedStorages();
  const steps = pickleSteps({ bytes, start: 0, isCut, storages, persistentLoad: () => null });
  let step = steps.next();
  while (!step.done) step = steps.next();
  const { result, end: length } = step.value;
  return result && { value: result, end: at + length };
}

function keyOf(value: DescribedValue | undefined): string | null {
  if (value?.kind === 'str') return value.value;
  return value?.kind === 'int' ? value.text : null;
}

function* int64(at: number): Reading<number> {
  const bytes = yield [at, at + 8];
  return bytes.length < 8 ? -1 : Number(viewOf(bytes).getBigInt64(0, true));
}

/** A count, then for each storage a pickle of (key, location, class), its length and its bytes; views are left out. */
function* readStorages(member: TarMember): Reading<[string, StorageEntry][]> {
  const found: [string, StorageEntry][] = [];
  const head = yield* valueAt(member.start, member);
  const count = Math.min(countOf(head?.value) ?? 0, MOST);
  for (let at = head?.end ?? 0, i = 0; i < count; i++) {
    const next = yield* valueAt(at, member);
    if (next?.value.kind !== 'tuple') break;
    const [key, location, cls] = next.value.items;
    const name = cls?.kind === 'global' ? cls.global.name : '';
    const dtype: DType | null | undefined = storageClasses.get(name);
    const [text, numel] = [keyOf(key), yield* int64(next.end)];
    if (!dtype || text === null || numel < 0) break;
    const size = numel * dtypes[dtype].itemsize;
    const tag = location?.kind === 'str' ? location.value : '';
    found.push([text, { key: text, dtype, location: tag, size, record: null, dataOffset: next.end + 8 }]);
    at = next.end + 8 + size;
    if (at > member.end) break;
  }
  return found;
}

/** A count, then for each tensor a pickle of (key, storage, class), its axes, and int64 sizes, strides and offset. */
function* readTensors(
  member: TarMember,
  indexOf: (key: string) => number,
  storages: readonly StorageEntry[],
): Reading<[string, DescribedValue][]> {
  const found: [string, DescribedValue][] = [];
  const head = yield* valueAt(member.start, member);
  const count = Math.min(countOf(head?.value) ?? 0, MOST);
  for (let at = head?.end ?? 0, i = 0; i < count; i++) {
    const next = yield* valueAt(at, member);
    if (next?.value.kind !== 'tuple') break;
    const [key, storageKey] = next.value.items;
    const storage = indexOf(keyOf(storageKey) ?? '');
    // The count of axes is an int32 in a place for eight bytes.
    const axes = (yield* int64(next.end)) & 0xff;
    const numbers: number[] = [];
    for (let k = 0; k < 2 * axes + 1; k++) numbers.push(yield* int64(next.end + 8 + 8 * k));
    at = next.end + 8 * (2 * axes + 2);
    const text = keyOf(key);
    if (text === null || storage < 0 || numbers.some((n) => !Number.isSafeInteger(n) || n < 0)) break;
    found.push([
      text,
      {
        kind: 'tensor',
        class: 'tensor',
        dtype: storages[storage].dtype,
        shape: numbers.slice(0, axes),
        stride: numbers.slice(axes, 2 * axes),
        offset: numbers[2 * axes],
        requiresGrad: false,
        storage,
      },
    ]);
  }
  return found;
}
