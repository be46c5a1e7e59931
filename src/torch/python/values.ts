/**
 * Python's values in TypeScript, keeping apart what a pickle and a repr keep apart.
 * None is `null`; bool, str and small int are JavaScript's own; a float is a `PyFloat`, because `1` and `1.0` print and
 * pickle differently; an int beyond 2**53 is a `bigint`; list is an array.
 */
import type { DType } from '../dtype';
import type { Module } from '../nn/module';
import type { Storage, Tensor } from '../tensor';

export type PyValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PyFloat
  | PyComplex
  | PyBytes
  | PyTuple
  | PyValue[]
  | PyDict
  | PySet
  | PyGlobal
  | PyObject
  | PySize
  | PyDType
  | PyDevice
  | Storage
  | Tensor
  | Module;

export class PyFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

export class PyComplex {
  readonly real: number;
  readonly imag: number;
  constructor(real: number, imag: number) {
    this.real = real;
    this.imag = imag;
  }
}

export class PyBytes {
  readonly data: Uint8Array;
  readonly mutable: boolean;
  /** `mutable` makes it a bytearray. */
  constructor(data: Uint8Array, mutable = false) {
    this.data = data;
    this.mutable = mutable;
  }
}

export class PyTuple {
  readonly items: readonly PyValue[];
  constructor(items: readonly PyValue[]) {
    this.items = items;
  }
}

/** `torch.Size`. */
export class PySize {
  readonly shape: readonly number[];
  constructor(shape: readonly number[]) {
    this.shape = shape;
  }
}

/** `torch.float32`. */
export class PyDType {
  readonly dtype: DType | string;
  constructor(dtype: DType | string) {
    this.dtype = dtype;
  }
}

/** `torch.device('cuda', index=0)`. */
export class PyDevice {
  readonly type: string;
  readonly index: number | null;
  constructor(type: string, index: number | null = null) {
    this.type = type;
    this.index = index;
  }
}

/** A name to import, never imported: `module.name`, class or function. */
export class PyGlobal {
  readonly module: string;
  readonly name: string;
  constructor(module: string, name: string) {
    this.module = module;
    this.name = name;
  }
}

/** An instance of a class this program knows only by name. */
export class PyObject {
  readonly cls: PyGlobal;
  state: PyValue;
  constructor(cls: PyGlobal, state: PyValue = null) {
    this.cls = cls;
    this.state = state;
  }
}

/** What makes two keys equal in Python: `1`, `1.0` and `True` are one key, `'1'` another; objects compare by identity. */
function keyOf(value: PyValue): unknown {
  if (value instanceof PyFloat) return value.value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value === 'string') return `s${value}`;
  if (value instanceof PyTuple) return `t${value.items.map((x) => String(keyOf(x))).join('\u0000')}`;
  if (value instanceof PyBytes) return `b${Array.from(value.data).join(',')}`;
  if (value instanceof PyGlobal) return `g${value.module}\u0000${value.name}`;
  return value;
}

/** dict, and with `ordered` collections.OrderedDict (or another mapping class), whose instances may carry attributes. */
export class PyDict {
  private readonly slots = new Map<unknown, [PyValue, PyValue]>();
  readonly className: 'dict' | 'OrderedDict' | 'Counter' | 'defaultdict';
  /** `__dict__` of an OrderedDict instance: where a state_dict keeps `_metadata`. */
  attributes: PyDict | null = null;

  constructor(
    entries: Iterable<readonly [PyValue, PyValue]> = [],
    className: 'dict' | 'OrderedDict' | 'Counter' | 'defaultdict' = 'dict',
  ) {
    this.className = className;
    for (const [key, value] of entries) this.set(key, value);
  }

  static ordered(entries: Iterable<readonly [PyValue, PyValue]> = []): PyDict {
    return new PyDict(entries, 'OrderedDict');
  }

  get size(): number {
    return this.slots.size;
  }

  get(key: PyValue): PyValue | undefined {
    return this.slots.get(keyOf(key))?.[1];
  }

  has(key: PyValue): boolean {
    return this.slots.has(keyOf(key));
  }

  set(key: PyValue, value: PyValue): this {
    const slot = this.slots.get(keyOf(key));
    if (slot) slot[1] = value;
    else this.slots.set(keyOf(key), [key, value]);
    return this;
  }

  delete(key: PyValue): boolean {
    return this.slots.delete(keyOf(key));
  }

  *keys(): IterableIterator<PyValue> {
    for (const [key] of this.slots.values()) yield key;
  }

  *values(): IterableIterator<PyValue> {
    for (const [, value] of this.slots.values()) yield value;
  }

  *entries(): IterableIterator<readonly [PyValue, PyValue]> {
    yield* this.slots.values();
  }

  [Symbol.iterator](): IterableIterator<readonly [PyValue, PyValue]> {
    return this.entries();
  }
}

export class PySet {
  /** By Python's equality, in order of arrival. */
  private readonly slots = new Map<unknown, PyValue>();
  readonly frozen: boolean;
  /** `frozen` makes it a frozenset. */
  constructor(items: Iterable<PyValue> = [], frozen = false) {
    this.frozen = frozen;
    for (const item of items) this.add(item);
  }

  add(item: PyValue): void {
    const key = keyOf(item);
    if (!this.slots.has(key)) this.slots.set(key, item);
  }

  get items(): readonly PyValue[] {
    return [...this.slots.values()];
  }
}

/** int, bool or float. */
export function isNumber(value: PyValue): value is boolean | number | bigint | PyFloat {
  return value instanceof PyFloat || isInt(value);
}

/** int, or bool, which is one. */
export function isInt(value: PyValue): value is boolean | number | bigint {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint';
}

/** Reads a Python number as JavaScript's. */
export function toNumber(value: PyValue): number {
  if (value instanceof PyFloat) return value.value;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return Number(value);
  throw new Error('not a number');
}
