/**
 * The unpickler behind `weights_only=True` (torch/_weights_only_unpickler.py): 34 opcodes, a list of allowed names, and its own
 * errors. It is Python written plainly, so that an empty stack or a short read raises what a list or a slice raises there.
 */
import { PythonError } from '../../errors';
import { Module } from '../../nn/module';
import { shortTypeName, typeName, typeRepr } from '../../python/type-name';
import {
  PyDict,
  PyDType,
  PyFloat,
  PyGlobal,
  PyObject,
  PySet,
  PyTuple,
  type PyValue,
} from '../../python/values';
import { Parameter, Tensor } from '../../tensor';
import { Budget } from '../budget';
import { Refusal } from '../refusal';
import { decodeUtf8 } from '../utf8';
import { call, checkHashable, describe, isClass, itemsOf } from './calls';
import { copyCost, costOf } from './costs';
import { type Cursor, decodeLong } from './cursor';
import type { PickleHost } from './host';
import { setModuleState } from './module-state';
import { allowedGlobals, blockedModules, mapName } from './names';
import { setObjectState } from './numpy';
import { opcodeOf } from './opcodes';

/** Names a caller allows on top (`safe_globals`), with the class each stands for. */
export type SafeGlobals = ReadonlyMap<string, PyGlobal>;

const needsImport: readonly (readonly [readonly string[], string])[] = [
  [
    [
      'torch.nested._internal.nested_tensor.NestedTensor',
      'torch.nested._internal.nested_tensor._rebuild_njt',
      'torch._dynamo.decorators._DimRange',
    ],
    '``torch.nested`` and ``torch._dynamo`` must be imported to load nested jagged tensors (NJTs)',
  ],
  [
    [
      'torch.distributed.device_mesh.DeviceMesh',
      'torch.distributed.tensor._dtensor_spec.DTensorSpec',
      'torch.distributed.tensor._dtensor_spec.TensorMeta',
      'torch.distributed.tensor.DTensor',
      'torch.distributed.tensor.placement_types.Partial',
      'torch.distributed.tensor.placement_types.Replicate',
      'torch.distributed.tensor.placement_types.Shard',
    ],
    '``torch.distributed.tensor`` must be imported to load DTensors',
  ],
];

function unpicklingError(message: string): PythonError {
  return new PythonError('UnpicklingError', message);
}

export class RestrictedUnpickler {
  private readonly cursor: Cursor;
  private readonly host: PickleHost;
  private readonly safeGlobals: SafeGlobals;
  private stack: PyValue[] = [];
  private readonly metastack: PyValue[][] = [];
  private readonly memo = new Map<number, PyValue>();
  private readonly budget = new Budget('allocation');
  private readonly values = new Budget('valueBytes');

  constructor(cursor: Cursor, host: PickleHost, safeGlobals: SafeGlobals = new Map()) {
    this.cursor = cursor;
    this.host = host;
    this.safeGlobals = safeGlobals;
  }

  /** Raises UnpicklingError, and IndexError, KeyError, EOFError, UnicodeDecodeError, TypeError as PyTorch lets them through. */
  load(): PyValue {
    const { cursor } = this;
    for (;;) {
      if (cursor.left === 0) throw new PythonError('EOFError', '');
      const byte = cursor.read(1)[0];
      const name = opcodeOf.get(byte)?.name;
      if (name === 'STOP') return this.pop();
      this.values.charge(costOf(name ?? ''), 'a pickle of many values');
      if (!name || !this.step(name)) throw unpicklingError(`Unsupported operand ${byte}`);
    }
  }

  /** False for an opcode it does not know. */
  private step(name: string): boolean {
    const run = this.steps[name];
    if (!run) return false;
    run();
    return true;
  }

  private readonly steps: Readonly<Record<string, () => void>> = {
    GLOBAL: () => this.global(),
    NEWOBJ: () => this.newObject(),
    REDUCE: () => this.reduce(),
    BUILD: () => this.build(),
    APPEND: () => {
      const item = this.pop();
      this.listOnTop('append to').push(item);
    },
    APPENDS: () => {
      const items = this.popMark();
      const list = this.listOnTop('extend');
      for (const item of items) list.push(item);
    },
    SETITEM: () => {
      const value = this.pop();
      const key = this.pop();
      this.setItems('SETITEM', [key, value]);
    },
    SETITEMS: () => this.setItems('SETITEMS', this.popMark()),
    MARK: () => {
      this.metastack.push(this.stack);
      this.stack = [];
    },
    TUPLE: () => {
      const items = this.popMark();
      this.stack.push(new PyTuple(items));
    },
    TUPLE1: () => this.tuple(1),
    TUPLE2: () => this.tuple(2),
    TUPLE3: () => this.tuple(3),
    NONE: () => this.stack.push(null),
    NEWFALSE: () => this.stack.push(false),
    NEWTRUE: () => this.stack.push(true),
    EMPTY_TUPLE: () => this.stack.push(new PyTuple([])),
    EMPTY_LIST: () => this.stack.push([]),
    EMPTY_DICT: () => this.stack.push(new PyDict()),
    EMPTY_SET: () => this.stack.push(new PySet()),
    BININT: () => this.stack.push(this.unpack(4).getInt32(0, true)),
    BININT1: () => this.stack.push(this.byte()),
    BININT2: () => this.stack.push(this.unpack(2).getUint16(0, true)),
    BINFLOAT: () => this.stack.push(new PyFloat(this.unpack(8).getFloat64(0, false))),
    BINUNICODE: () => this.stack.push(decodeUtf8(this.cursor.read(this.unpack(4).getUint32(0, true)))),
    // torch.load passes encoding='utf-8'.
    SHORT_BINSTRING: () => this.stack.push(decodeUtf8(this.cursor.read(this.byte()), false)),
    BINPERSID: () => this.persistentId(),
    BINGET: () => this.recall(this.byte()),
    LONG_BINGET: () => this.recall(this.unpack(4).getUint32(0, true)),
    BINPUT: () => this.memo.set(this.byte(), this.top()),
    LONG_BINPUT: () => this.memo.set(this.unpack(4).getUint32(0, true), this.top()),
    LONG1: () => this.stack.push(decodeLong(this.cursor.read(this.byte()))),
    PROTO: () => this.protocol(),
  };

  // ---- reading as Python's read() and struct.unpack do

  /** `read(1)[0]` */
  private byte(): number {
    const data = this.cursor.read(1);
    if (data.length === 0) throw new PythonError('IndexError', 'index out of range');
    return data[0];
  }

  private unpack(size: number): DataView {
    const data = this.cursor.read(size);
    if (data.length < size) throw new PythonError('error', `unpack requires a buffer of ${size} bytes`);
    return new DataView(data.buffer, data.byteOffset, size);
  }

  // ---- the stack as Python's list

  private pop(): PyValue {
    if (this.stack.length === 0) throw new PythonError('IndexError', 'pop from empty list');
    return this.stack.pop() as PyValue;
  }

  /** `stack[-depth]` */
  private top(depth = 1): PyValue {
    if (this.stack.length < depth) throw new PythonError('IndexError', 'list index out of range');
    return this.stack[this.stack.length - depth];
  }

  private popMark(): PyValue[] {
    const items = this.stack;
    const below = this.metastack.pop();
    if (!below) throw new PythonError('IndexError', 'pop from empty list');
    this.stack = below;
    return items;
  }

  private tuple(length: number): void {
    this.top(length);
    this.stack.push(new PyTuple(this.stack.splice(-length)));
  }

  private recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw new PythonError('KeyError', String(index));
    this.stack.push(value);
  }

  private listOnTop(doing: string): PyValue[] {
    const list = this.top();
    if (!Array.isArray(list)) throw unpicklingError(`Can only ${doing} lists, but got ${typeRepr(list)}`);
    return list;
  }

  private setItems(opcode: string, items: readonly PyValue[]): void {
    const target = this.top();
    if (!(target instanceof PyDict) || target.className === 'defaultdict') {
      throw unpicklingError(
        `Can only ${opcode} for dict, collections.OrderedDict, collections.Counter, but got ${typeRepr(target)}`,
      );
    }
    for (let i = 0; i < items.length; i += 2) {
      if (i + 1 >= items.length) throw new PythonError('IndexError', 'list index out of range');
      checkHashable(items[i], this.values);
      target.set(items[i], items[i + 1]);
    }
  }

  // ---- names and calls

  private line(): string {
    return decodeUtf8(this.cursor.readline().subarray(0, -1), false);
  }

  private global(): void {
    const [module, name] = mapName(this.line(), this.line());
    const path = `${module}.${name}`;
    if (blockedModules.has(module)) {
      throw unpicklingError(`Trying to load unsupported GLOBAL ${path} whose module ${module} is blocked.`);
    }
    const allowed = allowedGlobals.get(path) ?? this.safeGlobals.get(path);
    if (allowed !== undefined) {
      this.stack.push(allowed);
      return;
    }
    for (const [paths, message] of needsImport) if (paths.includes(path)) throw unpicklingError(message);
    const shown = path.startsWith('builtins.') ? path.slice('builtins.'.length) : path;
    throw unpicklingError(
      `Unsupported global: GLOBAL ${shown} was not an allowed global by default. ` +
        `Please use \`torch.serialization.add_safe_globals([${shown}])\` or the ` +
        `\`torch.serialization.safe_globals([${shown}])\` context manager to allowlist this global ` +
        'if you trust this class/function.',
    );
  }

  private unpacked(args: PyValue, func: PyValue): readonly PyValue[] {
    const items = itemsOf(args);
    if (items) return items;
    throw new PythonError(
      'TypeError',
      `${called(func)} argument after * must be an iterable, not ${shortTypeName(args)}`,
    );
  }

  private newObject(): void {
    const args = this.pop();
    const cls = this.pop();
    const allowed = cls instanceof PyGlobal || cls instanceof PyDType;
    if (!allowed) {
      throw unpicklingError(
        'Can only create new object for nn.Parameter or classes allowlisted ' +
          `via \`add_safe_globals\` but got ${describe(cls)}`,
      );
    }
    const made = cls instanceof PyGlobal ? this.host.instantiate(cls) : null;
    if (made !== null) this.stack.push(made);
    else if (cls instanceof PyGlobal && isClass(cls))
      this.stack.push(call(cls, this.unpacked(args, cls), this.budget));
    else throw new PythonError('AttributeError', `'${shortTypeName(cls)}' object has no attribute '__new__'`);
  }

  private reduce(): void {
    const args = this.pop();
    const func = this.top();
    if (!(func instanceof PyGlobal) && !(func instanceof PyDType)) {
      throw unpicklingError(`Trying to call reduce for unrecognized function ${describe(func)}`);
    }
    const result = call(func, this.unpacked(args, func), this.budget);
    this.stack[this.stack.length - 1] = result;
  }

  private build(): void {
    const state = this.pop();
    const instance = this.top();
    this.values.charge(copyCost(state), 'the state of an object');
    if (instance instanceof PyDict && instance.className === 'OrderedDict') updateAttributes(instance, state);
    else if (instance instanceof Module) setModuleState(instance, state, this.values);
    else if (instance instanceof PyObject && this.safeGlobals.has(typeName(instance)))
      setObjectState(instance, state);
    else if (instance instanceof Parameter || instance instanceof Tensor) {
      throw new Refusal('unsupported', 'the state of a tensor in a form before torch 0.4');
    } else {
      throw unpicklingError(
        'Can only build Tensor, Parameter, OrderedDict or types allowlisted ' +
          `via \`add_safe_globals\`, but got ${instance instanceof PyGlobal ? metaclass(instance) : typeRepr(instance)}`,
      );
    }
  }

  private persistentId(): void {
    const id = this.pop();
    const isTuple = id instanceof PyTuple;
    if (!isTuple && typeof id !== 'number' && typeof id !== 'bigint') {
      throw unpicklingError(`persistent_load id must be tuple or int, but got ${typeRepr(id)}`);
    }
    if (isTuple && id.items.length > 0 && id.items[0] !== 'storage') {
      throw unpicklingError(`Only persistent_load of storage is allowed, but got ${typeRepr(id.items[0])}`);
    }
    this.stack.push(this.host.persistentLoad(id));
  }

  private protocol(): void {
    const protocol = this.byte();
    if (protocol === 2) return;
    this.host.warn({
      category: 'UserWarning',
      message:
        `Detected pickle protocol ${protocol} in the checkpoint, which was not the default pickle protocol used by ` +
        '`torch.load` (2). The weights_only Unpickler might not support all instructions implemented by this protocol, ' +
        'please file an issue for adding support if you encounter this.',
    });
  }
}

/** `instance.__dict__.update(state)`. */
export function updateAttributes(instance: PyDict, state: PyValue): void {
  if (!(state instanceof PyDict)) {
    throw new PythonError('TypeError', `'${shortTypeName(state)}' object is not iterable`);
  }
  instance.attributes ??= new PyDict();
  for (const [key, value] of state) instance.attributes.set(key, value);
}

/** A callable in messages about its call: `collections.OrderedDict()`. */
function called(func: PyValue): string {
  if (!(func instanceof PyGlobal)) return `${shortTypeName(func)} object`;
  return func.module === 'builtins' ? `${func.name}()` : `${func.module}.${func.name}()`;
}

/** `type(cls)` of an allowed class. */
function metaclass(cls: PyGlobal): string {
  if (!isClass(cls)) return "<class 'function'>";
  if (cls.name === 'Parameter') return "<class 'torch.nn.parameter._ParameterMeta'>";
  return cls.name === 'Tensor' ? "<class 'torch._C._TensorMeta'>" : "<class 'type'>";
}
