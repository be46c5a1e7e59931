/**
 * The format of torch 1.5 and older, `torch.save(obj, f, _use_new_zipfile_serialization=False)` (torch/serialization.py,
 * `_legacy_save`): pickles in a row, then each storage as an int64 count and raw bytes. PyTorch names storages by their
 * address, so no two of its runs give the same file; here they are numbered.
 */
import { dtypes } from '../dtype';
import { PyDict, type PyGlobal, type PyValue } from '../python/values';
import type { Storage } from '../tensor';
import { ByteSink } from './pickle/byte-sink';
import { type Item, Pickler } from './pickle/pickler';

const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;

/** Where a class was written, and its text, as the file will carry it. */
export interface ClassText {
  readonly file: string;
  readonly source: string;
}

export interface LegacyOptions {
  /** Source of a module's class; `null` where PyTorch could not retrieve it, and would warn. Default: of none. */
  readonly sourceOf?: (cls: PyGlobal) => ClassText | null;
  /** Name of the storage that is met as number `index`. Default: the number. */
  readonly keyOf?: (index: number) => string;
}

/** Raises PicklingError for what protocol 2 cannot say. */
export function saveLegacy(obj: PyValue, options: LegacyOptions = {}): Uint8Array {
  const out = new ByteSink();
  for (const value of [MAGIC_NUMBER, PROTOCOL_VERSION, systemInfo()]) out.raw(new Pickler().dump(value));
  const pickler = new LegacyPickler(options);
  out.raw(pickler.dump(obj));
  const storages = [...pickler.storages].sort(([, a], [, b]) => (a < b ? -1 : 1));
  out.raw(new Pickler().dump(storages.map(([, key]) => key)));
  for (const [storage] of storages) writeStorage(out, storage, pickler.itemsizeOf(storage));
  return out.take();
}

function systemInfo(): PyDict {
  const sizes = new PyDict([
    ['short', 2],
    ['int', 4],
    ['long', 4],
  ]);
  return new PyDict([
    ['protocol_version', PROTOCOL_VERSION],
    ['little_endian', true],
    ['type_sizes', sizes],
  ]);
}

function writeStorage(out: ByteSink, storage: Storage, itemsize: number): void {
  const count = new Uint8Array(8);
  new DataView(count.buffer).setBigInt64(0, BigInt(storage.bytes.length / itemsize), true);
  out.raw(count).raw(storage.bytes);
}

class LegacyPickler extends Pickler {
  private readonly options: LegacyOptions;
  private readonly classesSeen = new Set<string>();

  constructor(options: LegacyOptions) {
    super();
    this.options = options;
  }

  /** Bytes of an element, as the first tensor that was met reads the storage. */
  itemsizeOf(storage: Storage): number {
    return dtypes[this.dtypesSeen.get(storage) ?? storage.dtype].itemsize;
  }

  protected override keyOf(index: number): string {
    return this.options.keyOf?.(index) ?? super.keyOf(index);
  }

  /** The key is made anew each time, and a view of a storage would stand at the end. */
  protected override persistentId(
    storage: Storage,
    key: string,
    cls: PyGlobal,
    count: number,
  ): readonly Item[] {
    return ['storage', cls, () => this.saveText(key), storage.location, count, null];
  }

  /** The first time a class is met, its source goes into the file. */
  protected override saveModuleClass(cls: PyGlobal): void {
    const name = `${cls.module}.${cls.name}`;
    if (this.classesSeen.has(name)) {
      super.saveModuleClass(cls);
      return;
    }
    this.classesSeen.add(name);
    const text = this.options.sourceOf?.(cls) ?? null;
    const own = (part: string | undefined): Item => (part === undefined ? null : () => this.saveText(part));
    this.saveTuple(['module', cls, own(text?.file), own(text?.source)]);
    this.out.ascii('Q');
  }
}
