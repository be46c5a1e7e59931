/**
 * The unpickler behind `weights_only=False`: all opcodes, with the errors of CPython's C implementation (Modules/_pickle.c).
 * Unlike CPython's it imports nothing: names go to the host, which knows a closed table, and calls go to the table of calls.
 */
import { PythonError } from '../../errors';
import { Module } from '../../nn/module';
import { shortTypeName, typeName } from '../../python/type-name';
import {
  PyBytes,
  PyDict,
  PyFloat,
  PyGlobal,
  PyObject,
  PySet,
  PyTuple,
  type PyValue,
} from '../../python/values';
import { Tensor } from '../../tensor';
import { Budget } from '../budget';
import { LimitRefusal, limits, Refusal } from '../refusal';
import { decodeUtf8, latin1 } from '../utf8';
import { ArgumentReader, unpicklingError } from './argument-reader';
import { call, checkHashable, isClass } from './calls';
import { copyCost, costOf } from './costs';
import { type Cursor, decodeLong } from './cursor';
import type { GlobalsHost } from './host';
import { setModuleState } from './module-state';
import { setObjectState } from './numpy';
import { opcodeOf } from './opcodes';
import { updateAttributes } from './restricted-unpickler';
import { parseFloatText, parseInteger, parseQuoted, rawUnicodeEscape, shownByte } from './text-arguments';

const HIGHEST_PROTOCOL = 5;

export class CUnpickler {
  private readonly input: ArgumentReader;
  private readonly host: GlobalsHost;
  private readonly stack: PyValue[] = [];
  /** Stack heights at each MARK; values below the last one are out of reach. */
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, PyValue>();
  private readonly budget = new Budget('allocation');
  private readonly values = new Budget('valueBytes');
  private protocol = 0;

  constructor(cursor: Cursor, host: GlobalsHost) {
    this.input = new ArgumentReader(cursor);
    this.host = host;
  }

  load(): PyValue {
    for (;;) {
      if (this.input.left === 0) throw new PythonError('EOFError', 'Ran out of input');
      const byte = this.input.u8();
      const name = opcodeOf.get(byte)?.name;
      if (name === 'STOP') return this.pop();
      this.values.charge(costOf(name ?? ''), 'a pickle of many values');
      const run = name === undefined ? undefined : this.steps[name];
      if (!run) throw unpicklingError(`invalid load key, '${shownByte(byte)}'.`);
      run();
    }
  }

  private readonly steps: Readonly<Record<string, () => void>> = {
    PROTO: () => this.readProtocol(),
    FRAME: () => this.skipFrame(),
    MARK: () => this.marks.push(this.stack.length),
    POP: () => this.popOrMark(),
    POP_MARK: () => this.popToMark(),
    DUP: () => this.stack.push(this.top()),
    NONE: () => this.stack.push(null),
    NEWTRUE: () => this.stack.push(true),
    NEWFALSE: () => this.stack.push(false),
    INT: () => this.readInt(),
    LONG: () => this.readLong(),
    LONG1: () => this.stack.push(decodeLong(this.input.read(this.input.u8()))),
    LONG4: () => this.readLong4(),
    BININT: () => this.stack.push(this.input.field(4).getInt32(0, true)),
    BININT1: () => this.stack.push(this.input.u8()),
    BININT2: () => this.stack.push(this.input.field(2).getUint16(0, true)),
    FLOAT: () => this.stack.push(new PyFloat(parseFloatText(latin1(this.input.line())))),
    BINFLOAT: () => this.stack.push(new PyFloat(this.input.field(8).getFloat64(0, false))),
    STRING: () => this.stack.push(decodeUtf8(parseQuoted(latin1(this.input.line())), false)),
    BINSTRING: () => this.stack.push(decodeUtf8(this.input.read(this.input.signedLength()), false)),
    SHORT_BINSTRING: () => this.stack.push(decodeUtf8(this.input.read(this.input.u8()), false)),
    UNICODE: () => this.stack.push(rawUnicodeEscape(latin1(this.input.line()))),
    BINUNICODE: () => this.stack.push(decodeUtf8(this.input.read(this.input.u32()))),
    SHORT_BINUNICODE: () => this.stack.push(decodeUtf8(this.input.read(this.input.u8()))),
    BINUNICODE8: () => this.stack.push(decodeUtf8(this.input.read(this.input.u64()))),
    BINBYTES: () => this.stack.push(new PyBytes(this.input.read(this.input.u32()).slice())),
    SHORT_BINBYTES: () => this.stack.push(new PyBytes(this.input.read(this.input.u8()).slice())),
    BINBYTES8: () => this.stack.push(new PyBytes(this.input.read(this.input.u64()).slice())),
    BYTEARRAY8: () => this.stack.push(new PyBytes(this.input.read(this.input.u64()).slice(), true)),
    EMPTY_LIST: () => this.stack.push([]),
    EMPTY_TUPLE: () => this.stack.push(new PyTuple([])),
    EMPTY_DICT: () => this.stack.push(new PyDict()),
    EMPTY_SET: () => this.stack.push(new PySet()),
    LIST: () => this.stack.push(this.popToMark()),
    TUPLE: () => this.stack.push(new PyTuple(this.popToMark())),
    TUPLE1: () => this.tuple(1),
    TUPLE2: () => this.tuple(2),
    TUPLE3: () => this.tuple(3),
    DICT: () => this.newDict(),
    FROZENSET: () => this.stack.push(new PySet(this.hashable(this.popToMark()), true)),
    APPEND: () => this.extend([this.pop()]),
    APPENDS: () => this.extend(this.popToMark()),
    SETITEM: () => this.setItem(),
    SETITEMS: () => this.setItems(this.popToMark()),
    ADDITEMS: () => this.addItems(this.popToMark()),
    BUILD: () => this.build(),
    GET: () => this.recall(this.input.decimal()),
    BINGET: () => this.recall(this.input.u8()),
    LONG_BINGET: () => this.recall(this.input.u32()),
    PUT: () => this.remember(this.input.decimal()),
    BINPUT: () => this.remember(this.input.u8()),
    LONG_BINPUT: () => this.remember(this.input.u32()),
    MEMOIZE: () => this.remember(this.memo.size),
    PERSID: () => this.stack.push(this.host.persistentLoad(latin1(this.input.line()))),
    BINPERSID: () => this.stack.push(this.host.persistentLoad(this.pop())),
    GLOBAL: () => this.global(),
    STACK_GLOBAL: () => this.stackGlobal(),
    INST: () => this.inst(),
    OBJ: () => this.object(),
    NEWOBJ: () => this.newObject('NEWOBJ'),
    NEWOBJ_EX: () => this.newObject('NEWOBJ_EX'),
    REDUCE: () => {
      const args = this.pop();
      const func = this.pop();
      this.stack.push(call(func, this.argumentTuple(args), this.budget));
    },
    EXT1: () => this.extension(this.input.u8()),
    EXT2: () => this.extension(this.input.field(2).getUint16(0, true)),
    EXT4: () => this.extension(this.input.field(4).getInt32(0, true)),
    NEXT_BUFFER: () => {
      throw unpicklingError('pickle stream refers to out-of-band data but no *buffers* argument was given');
    },
    READONLY_BUFFER: () => this.top(),
  };

  // ---- the stack

  private get fence(): number {
    return this.marks[this.marks.length - 1] ?? 0;
  }

  private underflow(): PythonError {
    return unpicklingError(this.marks.length > 0 ? 'unexpected MARK found' : 'unpickling stack underflow');
  }

  private pop(): PyValue {
    if (this.stack.length <= this.fence) throw this.underflow();
    return this.stack.pop() as PyValue;
  }

  private top(): PyValue {
    if (this.stack.length <= this.fence) throw this.underflow();
    return this.stack[this.stack.length - 1];
  }

  private popToMark(): PyValue[] {
    const mark = this.marks.pop();
    if (mark === undefined) throw unpicklingError('could not find MARK');
    return this.stack.splice(mark);
  }

  /** POP takes a MARK when nothing lies above it. */
  private popOrMark(): void {
    if (this.marks.length > 0 && this.stack.length === this.fence) this.marks.pop();
    else this.pop();
  }

  private tuple(length: number): void {
    if (this.stack.length - this.fence < length) throw this.underflow();
    this.stack.push(new PyTuple(this.stack.splice(-length)));
  }

  private recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw unpicklingError(`Memo value not found at index ${index}`);
    this.stack.push(value);
  }

  private remember(index: number): void {
    this.memo.set(index, this.top());
  }

  // ---- values

  private readProtocol(): void {
    const protocol = this.input.u8();
    if (protocol > HIGHEST_PROTOCOL)
      throw new PythonError('ValueError', `unsupported pickle protocol: ${protocol}`);
    this.protocol = protocol;
  }

  private skipFrame(): void {
    const length = this.input.u64();
    if (length > this.input.left) throw unpicklingError('pickle data was truncated');
  }

  private readInt(): void {
    const text = latin1(this.input.line());
    if (text === '00' || text === '01') this.stack.push(text === '01');
    else this.stack.push(parseInteger(text, `could not convert string to int`));
  }

  private readLong(): void {
    const text = latin1(this.input.line());
    this.stack.push(parseInteger(text.replace(/L$/, ''), `invalid literal for int() with base 0: '${text}'`));
  }

  private readLong4(): void {
    const length = this.input.field(4).getInt32(0, true);
    if (length < 0) throw unpicklingError('LONG pickle has negative byte count');
    const data = this.input.read(length);
    if (length > limits.integerBytes) throw new LimitRefusal('integerBytes', `an integer of ${length} bytes`);
    this.stack.push(decodeLong(data));
  }

  private hashable(items: readonly PyValue[]): readonly PyValue[] {
    for (const item of items) checkHashable(item, this.values);
    return [...new PyDict(items.map((item): [PyValue, PyValue] => [item, null])).keys()];
  }

  private newDict(): void {
    const items = this.popToMark();
    if (items.length % 2 !== 0) throw unpicklingError('odd number of items for DICT');
    this.stack.push(new PyDict());
    this.setItems(items);
  }

  private extend(items: readonly PyValue[]): void {
    const target = this.top();
    if (items.length === 0) return;
    if (!Array.isArray(target)) {
      throw new PythonError('AttributeError', `'${shortTypeName(target)}' object has no attribute 'append'`);
    }
    for (const item of items) target.push(item);
  }

  private setItem(): void {
    const value = this.pop();
    const key = this.pop();
    this.setItems([key, value]);
  }

  private setItems(items: readonly PyValue[]): void {
    const target = this.top();
    if (items.length === 0) return;
    if (items.length % 2 !== 0) throw unpicklingError('odd number of items for SETITEMS');
    for (let i = 0; i < items.length; i += 2) {
      if (Array.isArray(target)) assignToList(target, items[i], items[i + 1]);
      else if (target instanceof PyDict) {
        checkHashable(items[i], this.values);
        target.set(items[i], items[i + 1]);
      } else {
        throw new PythonError('TypeError', `'${typeName(target)}' object does not support item assignment`);
      }
    }
  }

  private addItems(items: readonly PyValue[]): void {
    const target = this.top();
    if (items.length === 0) return;
    if (!(target instanceof PySet) || target.frozen) {
      throw new PythonError('AttributeError', `'${shortTypeName(target)}' object has no attribute 'add'`);
    }
    for (const item of this.hashable(items)) target.add(item);
  }

  private build(): void {
    const state = this.pop();
    const instance = this.top();
    this.values.charge(copyCost(state), 'the state of an object');
    if (instance instanceof Module) setModuleState(instance, state, this.values);
    else if (instance instanceof PyObject) setObjectState(instance, state);
    else if (instance instanceof PyDict && instance.className !== 'dict') updateAttributes(instance, state);
    else if (instance instanceof Tensor) {
      throw new Refusal('unsupported', 'the state of a tensor in a form before torch 0.4');
    } else if (instance instanceof PyGlobal) {
      const name = instance.name;
      throw new PythonError(
        'TypeError',
        `${name}.__setstate__() missing 1 required positional argument: 'state'`,
      );
    } else {
      throw new PythonError(
        'AttributeError',
        `'${shortTypeName(instance)}' object has no attribute '__dict__'`,
      );
    }
  }

  // ---- names and calls

  private find(module: string, name: string): void {
    this.stack.push(this.host.findClass(module, name, this.protocol));
  }

  private global(): void {
    const module = decodeUtf8(this.input.line(), false);
    this.find(module, decodeUtf8(this.input.line(), false));
  }

  private stackGlobal(): void {
    const name = this.pop();
    const module = this.pop();
    if (typeof name !== 'string' || typeof module !== 'string')
      throw unpicklingError('STACK_GLOBAL requires str');
    this.find(module, name);
  }

  private argumentTuple(args: PyValue): readonly PyValue[] {
    if (args instanceof PyTuple) return args.items;
    throw new PythonError('TypeError', 'argument list must be a tuple');
  }

  /** INST and OBJ: `cls(*args)`. */
  private make(cls: PyValue, args: readonly PyValue[]): void {
    const made = cls instanceof PyGlobal && args.length === 0 ? this.host.instantiate(cls) : null;
    this.stack.push(made ?? call(cls, args, this.budget));
  }

  private inst(): void {
    const module = decodeUtf8(this.input.line(), false);
    const name = decodeUtf8(this.input.line(), false);
    const args = this.popToMark();
    this.make(this.host.findClass(module, name, this.protocol), args);
  }

  private object(): void {
    const [cls, ...args] = this.popToMark();
    if (cls === undefined) throw this.underflow();
    this.make(cls, args);
  }

  private newObject(opcode: 'NEWOBJ' | 'NEWOBJ_EX'): void {
    if (opcode === 'NEWOBJ_EX') {
      const kwargs = this.pop();
      if (!(kwargs instanceof PyDict)) {
        throw unpicklingError(
          `NEWOBJ_EX expected a dict for keyword arguments, not ${shortTypeName(kwargs)}`,
        );
      }
    }
    const args = this.pop();
    const cls = this.pop();
    const made = cls instanceof PyGlobal ? this.host.instantiate(cls) : null;
    if (made === null && !(cls instanceof PyGlobal && isClass(cls))) {
      const type =
        cls instanceof PyGlobal ? 'function' : cls instanceof Module ? cls.className : typeName(cls);
      throw unpicklingError(`${opcode} class argument must be a type, not ${type}`);
    }
    if (!(args instanceof PyTuple)) {
      throw unpicklingError(`${opcode} expected an arg tuple, got ${typeName(args)}`);
    }
    this.stack.push(made ?? call(cls, args.items, this.budget));
  }

  private extension(code: number): never {
    if (code <= 0) throw unpicklingError('EXT specifies code <= 0');
    throw new PythonError('ValueError', `unregistered extension code ${code}`);
  }
}

/** `list[key] = value`. */
function assignToList(list: PyValue[], key: PyValue, value: PyValue): void {
  if (typeof key !== 'number' && typeof key !== 'boolean') {
    throw new PythonError('TypeError', `list indices must be integers or slices, not ${shortTypeName(key)}`);
  }
  const index = Number(key) < 0 ? Number(key) + list.length : Number(key);
  if (index < 0 || index >= list.length)
    throw new PythonError('IndexError', 'list assignment index out of range');
  list[index] = value;
}
