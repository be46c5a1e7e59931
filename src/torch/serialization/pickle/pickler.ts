/**
 * Pickles as CPython's C pickler writes them at protocol 2 (Modules/_pickle.c), with the persistent ids of `torch.save`
 * (torch/serialization.py, `_save`).
 *
 * Every object but None, bool, int, float and `()` gets a memo slot, and its next occurrence is a reference to it. Identity
 * decides, not equality, so strings need care: names in Python source (attributes, literal keys, defaults) are interned and
 * share one slot per text, while strings made at run time (`prefix + name`, `str(i)`) get one each. JavaScript's strings have
 * no identity; which is which follows from where a string stands.
 */
import { type DType, dtypes } from '../../dtype';
import { PythonError } from '../../errors';
import { Module } from '../../nn/module';
import {
  PyBytes,
  PyComplex,
  PyDevice,
  PyDict,
  PyDType,
  PyFloat,
  PyGlobal,
  PyObject,
  PySet,
  PySize,
  PyTuple,
  type PyValue,
} from '../../python/values';
import { Parameter, type Storage, Tensor } from '../../tensor';
import { encodeUtf8, isAscii, latin1 } from '../utf8';
import { ByteSink } from './byte-sink';
import { writeInt } from './integers';
import { Memo } from './memo';
import { dictOf, Table } from './module-dict';
import { OwnNames } from './own-names';

/** Elements of a list or dict that one APPENDS or SETITEMS takes. */
const BATCH = 1000;

/** A value, or the writing of something that is none: a storage, a string with an identity of its own. */
export type Item = PyValue | (() => void);

export class Pickler {
  protected readonly out = new ByteSink();
  private readonly memo = new Memo(this.out);
  /** Storages in order of first appearance, under the key the archive stores them by. */
  readonly storages = new Map<Storage, string>();
  protected readonly dtypesSeen = new Map<Storage, DType>();
  private readonly ownNames = new OwnNames();

  /** Raises PicklingError for what protocol 2 cannot say. */
  dump(value: PyValue): Uint8Array {
    this.out.u8(0x80).u8(2);
    this.save(value);
    return this.out.ascii('.').take();
  }

  private save(value: PyValue): void {
    const { out } = this;
    if (value === null) out.ascii('N');
    else if (typeof value === 'boolean') out.u8(value ? 0x88 : 0x89);
    else if (typeof value === 'number' || typeof value === 'bigint') writeInt(out, BigInt(value));
    else if (value instanceof PyFloat) out.ascii('G').f64(value.value);
    else if (typeof value === 'string') this.saveInterned(value);
    else if (value instanceof PyTuple) this.saveTuple(value.items, value);
    else if (value instanceof PyGlobal) this.saveGlobal(value.module, value.name);
    else if (value instanceof PyDType) this.saveGlobal('torch', value.dtype);
    else if (!this.memo.get(value)) this.saveNew(value);
  }

  protected saveItem(item: Item): void {
    if (typeof item === 'function') item();
    else this.save(item);
  }

  private saveNew(value: PyValue): void {
    if (Array.isArray(value)) this.saveList(value);
    else if (value instanceof PyDict) this.saveDict(value);
    else if (value instanceof Parameter) this.saveParameter(value);
    else if (value instanceof Tensor) this.saveTensor(value);
    else if (value instanceof Module) this.saveModule(value);
    else if (value instanceof PySet)
      this.saveCall('__builtin__', value.frozen ? 'frozenset' : 'set', [[...value.items]], value);
    else if (value instanceof PyComplex) {
      this.saveCall('__builtin__', 'complex', [new PyFloat(value.real), new PyFloat(value.imag)], value);
    } else if (value instanceof PyBytes) this.saveBytes(value);
    else if (value instanceof PySize) this.saveCall('torch', 'Size', [new PyTuple(value.shape)], value);
    else if (value instanceof PyDevice) {
      const type = (): void => this.saveText(value.type);
      this.saveCall('torch', 'device', value.index === null ? [type] : [type, value.index], value);
    } else if (value instanceof PyObject) this.saveObject(value.cls, value, () => this.save(value.state));
    else throw new PythonError('PicklingError', 'cannot pickle this value');
  }

  private saveInterned(text: string): void {
    const identity = `str ${text}`;
    if (!this.memo.get(identity)) this.saveText(text, identity);
  }

  /** A string of its own: nothing refers to it later. */
  protected saveText(text: string, identity?: unknown): void {
    const data = encodeUtf8(text);
    this.out.ascii('X').u32(data.length).raw(data);
    this.memo.put(identity);
  }

  /** Raises PicklingError for a name that is not ASCII: protocol 2 has no way to write it (Modules/_pickle.c, save_global). */
  protected saveGlobal(module: string, name: string): void {
    const identity = `global ${module}\n${name}`;
    if (this.memo.get(identity)) return;
    for (const part of [module, name]) {
      if (!isAscii(part)) {
        const what = part === name ? 'global' : 'module';
        throw new PythonError(
          'PicklingError',
          `can't pickle ${what} identifier '${part}' using pickle protocol 2`,
        );
      }
    }
    this.out.ascii(`c${module}\n${name}\n`);
    this.memo.put(identity);
  }

  protected saveTuple(items: readonly Item[], identity?: unknown): void {
    const { out } = this;
    if (items.length === 0) {
      out.ascii(')');
      return;
    }
    if (identity !== undefined && this.memo.get(identity)) return;
    if (items.length > 3) out.ascii('(');
    for (const item of items) this.saveItem(item);
    out.u8(items.length > 3 ? 0x74 : 0x84 + items.length);
    this.memo.put(identity);
  }

  private saveList(items: readonly Item[], identity: unknown = items): void {
    const { out } = this;
    out.ascii(']');
    this.memo.put(identity);
    if (items.length === 1) {
      this.saveItem(items[0]);
      out.ascii('a');
      return;
    }
    for (let i = 0; i < items.length; i += BATCH) {
      out.ascii('(');
      for (const item of items.slice(i, i + BATCH)) this.saveItem(item);
      out.ascii('e');
    }
  }

  /** `module.name(*args)`: GLOBAL, arguments, REDUCE. */
  private saveCall(module: string, name: string, args: readonly Item[], identity: unknown): void {
    this.saveGlobal(module, name);
    this.saveTuple(args);
    this.out.ascii('R');
    this.memo.put(identity);
  }

  /** Protocol 2 has no bytes: they go as latin-1 text that `_codecs.encode` turns back. */
  private saveBytes(value: PyBytes): void {
    if (value.mutable) {
      const plain = new PyBytes(value.data);
      this.saveCall(
        '__builtin__',
        'bytearray',
        value.data.length === 0 ? [] : [() => this.saveBytes(plain)],
        value,
      );
    } else if (value.data.length === 0) this.saveCall('__builtin__', 'bytes', [], value);
    else {
      const text = latin1(value.data);
      const plain = value.data.length === 1 ? text : () => this.saveText(text);
      this.saveCall('_codecs', 'encode', [plain, 'latin1'], value);
    }
  }

  private saveDict(dict: PyDict): void {
    const metadata = dict.attributes?.get('_metadata');
    if (dict.className === 'dict') {
      this.out.ascii('}');
      this.memo.put(dict);
      this.saveItems([...dict], true);
      return;
    }
    if (dict.className === 'Counter') {
      const counts = new PyDict(dict.entries());
      this.saveCall('collections', 'Counter', [counts], dict);
      return;
    }
    this.saveGlobal('collections', dict.className);
    if (dict.className === 'defaultdict')
      throw new PythonError('PicklingError', 'cannot pickle a default factory');
    this.out.ascii(')R');
    this.memo.put(dict);
    // `prefix + name` makes a new string except below the root, where the prefix is empty.
    const isStateDict = metadata instanceof PyDict;
    this.saveItems(
      this.withFreshKeys(dict, (key) => isStateDict && key.includes('.')),
      false,
    );
    if (!dict.attributes) return;
    this.out.ascii('}');
    this.memo.put(dict.attributes);
    const attributes = [...dict.attributes].map(([key, value]): [Item, Item] => [
      key,
      value === metadata && isStateDict ? () => this.saveMetadata(value as PyDict) : value,
    ]);
    this.saveItems(attributes, true);
    this.out.ascii('b');
  }

  /** `_metadata` keys are slices of prefixes: CPython keeps one object for each text of at most one character. */
  private saveMetadata(metadata: PyDict): void {
    if (this.memo.get(metadata)) return;
    this.saveGlobal('collections', 'OrderedDict');
    this.out.ascii(')R');
    this.memo.put(metadata);
    this.saveItems(
      this.withFreshKeys(metadata, (key) => [...key].length > 1),
      false,
    );
  }

  private withFreshKeys(
    entries: Iterable<readonly [PyValue, Item]>,
    isFresh: (key: string) => boolean,
  ): (readonly [Item, Item])[] {
    return [...entries].map(([key, value]) =>
      typeof key === 'string' && isFresh(key) ? [() => this.saveText(key), value] : [key, value],
    );
  }

  /**
   * Key-value pairs onto the dict on the stack. An exact dict goes through `batch_dict_exact`, which ends a multiple of 1000
   * pairs with an empty batch; a subclass through `batch_dict`, which writes a last lone pair as SETITEM.
   */
  private saveItems(pairs: readonly (readonly [Item, Item])[], exact: boolean): void {
    const { out } = this;
    const put = (pair: readonly [Item, Item]): void => {
      for (const item of pair) this.saveItem(item);
    };
    if (pairs.length === 0) return;
    if (pairs.length === 1) {
      put(pairs[0]);
      out.ascii('s');
      return;
    }
    for (let i = 0; ; i += BATCH) {
      const batch = pairs.slice(i, i + BATCH);
      if (!exact && batch.length === 0) return;
      if (!exact && batch.length === 1) {
        put(batch[0]);
        out.ascii('s');
        return;
      }
      out.ascii('(');
      for (const pair of batch) put(pair);
      out.ascii('u');
      if (batch.length < BATCH) return;
    }
  }

  /** GLOBAL, `()`, NEWOBJ, state, BUILD: what copyreg makes of a plain object. */
  private saveObject(
    cls: PyGlobal,
    identity: unknown,
    saveState: () => void,
    saveClass = (): void => this.saveGlobal(cls.module, cls.name),
  ): void {
    saveClass();
    this.out.ascii(')').u8(0x81);
    this.memo.put(identity);
    saveState();
    this.out.ascii('b');
  }

  /** What a new storage is called: its number. */
  protected keyOf(index: number): string {
    return String(index);
  }

  protected saveModuleClass(cls: PyGlobal): void {
    this.saveGlobal(cls.module, cls.name);
  }

  private saveModule(module: Module): void {
    const cls = new PyGlobal(module.moduleName, module.className);
    const saveState = (): void => {
      const entries = dictOf(module, this.attributesOf(module));
      this.savePlain(
        entries.map(([key, value]): [Item, Item] => [
          key,
          value instanceof Table
            ? () => this.savePlain(this.withFreshKeys(value.entries, value.isFresh))
            : value,
        ]),
      );
    };
    this.saveObject(cls, module, saveState, () => this.saveModuleClass(cls));
  }

  /** A recurrent layer's `__getstate__` looks its weights up again, and its lists hold strings of its own. */
  private attributesOf(module: Module): readonly (readonly [string, Item])[] {
    const names = module.attributes.get('_flat_weights_names');
    if (!Array.isArray(names)) return [...module.attributes];
    const own = this.ownNames.among(names);
    return [...module.attributes].map(([key, value]): [string, Item] => {
      if (key === '_flat_weights')
        return [key, names.map((name) => module.parameters.get(String(name)) ?? null)];
      return [key, Array.isArray(value) ? () => this.saveStrings(value, own) : value];
    });
  }

  private saveStrings(list: readonly PyValue[], own: ReadonlyMap<PyValue, object>): void {
    if (this.memo.get(list)) return;
    const items = list.map((item): Item => {
      const identity = own.get(item);
      if (Array.isArray(item)) return () => this.saveStrings(item, own);
      return identity ? () => this.memo.get(identity) || this.saveText(String(item), identity) : item;
    });
    this.saveList(items, list);
  }

  /** A dict nothing else refers to. */
  private savePlain(pairs: readonly (readonly [Item, Item])[]): void {
    this.out.ascii('}');
    this.memo.put(undefined);
    this.saveItems(pairs, true);
  }

  private saveParameter(parameter: Parameter): void {
    const data = parameter.detach();
    this.saveCall(
      'torch._utils',
      '_rebuild_parameter',
      [data, parameter.requiresGrad, PyDict.ordered()],
      parameter,
    );
  }

  private saveTensor(tensor: Tensor): void {
    const args: Item[] = [
      () => this.savePersistentId(tensor.storage, tensor.dtype),
      tensor.offset,
      new PyTuple(tensor.shape),
      new PyTuple(tensor.stride),
      tensor.requiresGrad,
      PyDict.ordered(),
    ];
    if (dtypes[tensor.dtype].storageClass) this.saveCall('torch._utils', '_rebuild_tensor_v2', args, tensor);
    else this.saveCall('torch._utils', '_rebuild_tensor_v3', [...args, new PyDType(tensor.dtype)], tensor);
  }

  /** Raises RuntimeError when one storage is seen under two dtypes (torch/serialization.py, `persistent_id`). */
  private savePersistentId(storage: Storage, dtype: Tensor['dtype']): void {
    const { storageClass, itemsize } = dtypes[dtype];
    const seenAs = storageClass ? dtype : 'uint8';
    if (storage.length > 0 && (this.dtypesSeen.get(storage) ?? seenAs) !== seenAs) {
      throw new PythonError(
        'RuntimeError',
        'Cannot save multiple tensors or storages that view the same data as different types',
      );
    }
    this.dtypesSeen.set(storage, seenAs);
    let key = this.storages.get(storage);
    if (key === undefined) {
      key = this.keyOf(this.storages.size);
      this.storages.set(storage, key);
    }
    const cls = storageClass
      ? new PyGlobal('torch', storageClass)
      : new PyGlobal('torch.storage', 'UntypedStorage');
    const count = storageClass ? storage.bytes.length / itemsize : storage.bytes.length;
    this.saveTuple(this.persistentId(storage, key, cls, count));
    this.out.ascii('Q');
  }

  /** The fields of a storage's persistent id; its key is one string, however often the storage is met. */
  protected persistentId(storage: Storage, key: string, cls: PyGlobal, count: number): readonly Item[] {
    const ownKey = (): void => {
      if (!this.memo.get(storage)) this.saveText(key, storage);
    };
    return ['storage', cls, ownKey, storage.location, count];
  }
}
