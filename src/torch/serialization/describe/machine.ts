/**
 * The pickle virtual machine that does nothing (after Modules/_pickle.c): it keeps CPython's stack and memo of described values,
 * imports no name and makes no call. What CPython could not carry out is a fault, after which opcodes are still read.
 */
import type { Instruction } from '../pickle/instructions';
import { mapName } from '../pickle/names';
import { verdictOf } from '../pickle/safe-names';
import { limits } from '../refusal';
import { type Drafts, LimitMet, nothing } from './drafts';
import { constantOf, describeCall, type Known } from './known-calls';
import { literalOf } from './literals';
import type { DescribedCall, DescribedGlobal, DescribedValue } from './pickle-types';

/** What an opcode would do, with the values it would do it to. */
export type Note =
  | {
      readonly id: 'imports';
      readonly global: DescribedGlobal;
      readonly opcode: 'GLOBAL' | 'INST' | 'STACK_GLOBAL';
    }
  /** `known` is a call that was made sense of without making it. */
  | {
      readonly id: 'calls' | 'makes';
      readonly callee: DescribedValue;
      readonly args: readonly DescribedValue[];
      readonly known: boolean;
    }
  | { readonly id: 'sets'; readonly target: DescribedValue; readonly state: DescribedValue }
  | { readonly id: 'storage'; readonly storage: number }
  | { readonly id: 'recalls'; readonly slot: number; readonly value: DescribedValue }
  | { readonly id: 'stops' };

/** What a persistent id stands for; `null` where it is none of the container's own. */
export type PersistentLoad = (id: DescribedValue) => DescribedValue | null;

class Fault extends Error {}

export class DescribingMachine {
  private readonly known: Known;
  private readonly drafts: Drafts;
  private readonly persistentLoad: PersistentLoad;
  private readonly stack: DescribedValue[] = [];
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, DescribedValue>();
  private notes: Note[] = [];
  protocol = 0;
  /** Why CPython would have stopped here, in its words. */
  fault: string | null = null;
  /** What STOP gives. */
  result: DescribedValue | null = null;

  constructor(known: Known, persistentLoad: PersistentLoad) {
    this.known = known;
    this.drafts = known.drafts;
    this.persistentLoad = persistentLoad;
  }

  /** Values and MARKs on the stack. */
  get height(): number {
    return this.stack.length + this.marks.length;
  }

  /** What the instruction would do. Raises LimitMet. */
  execute(instruction: Instruction): readonly Note[] {
    this.notes = [];
    try {
      this.step(instruction);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.fault ??= error.message;
    }
    if (this.height > limits.stack) throw new LimitMet('stack');
    return this.notes;
  }

  private step(instruction: Instruction): void {
    const { opcode, argument } = instruction;
    const run = this.steps[opcode.name];
    if (run) run(argument);
    else this.push(literalOf(instruction, this.drafts));
  }

  private readonly steps: Readonly<Record<string, (argument: Instruction['argument']) => void>> = {
    PROTO: (argument) => this.setProtocol(Number(argument)),
    FRAME: () => undefined,
    STOP: () => this.stop(),
    MARK: () => this.marks.push(this.stack.length),
    POP: () => this.popOrMark(),
    POP_MARK: () => this.popToMark(),
    DUP: () => this.push(this.top()),
    LIST: () => this.push(this.drafts.sequence('list', this.popToMark())),
    TUPLE: () => this.push(this.drafts.sequence('tuple', this.popToMark())),
    TUPLE1: () => this.tuple(1),
    TUPLE2: () => this.tuple(2),
    TUPLE3: () => this.tuple(3),
    DICT: () => this.push(this.drafts.dict('dict', this.popToMark())),
    FROZENSET: () => this.push(this.drafts.sequence('frozenset', this.popToMark())),
    APPEND: () => this.extend('APPEND', [this.pop()]),
    APPENDS: () => this.extend('APPENDS', this.popToMark()),
    ADDITEMS: () => this.extend('ADDITEMS', this.popToMark()),
    SETITEM: () => this.setItems('SETITEM', [this.pop(), this.pop()].reverse()),
    SETITEMS: () => this.setItems('SETITEMS', this.popToMark()),
    BUILD: () => this.build(),
    GET: (argument) => this.recall(Number(argument)),
    BINGET: (argument) => this.recall(Number(argument)),
    LONG_BINGET: (argument) => this.recall(Number(argument)),
    PUT: (argument) => this.remember(Number(argument)),
    BINPUT: (argument) => this.remember(Number(argument)),
    LONG_BINPUT: (argument) => this.remember(Number(argument)),
    MEMOIZE: () => this.remember(this.memo.size),
    PERSID: (argument) => this.persistent(this.text(String(argument))),
    BINPERSID: () => this.persistent(this.pop()),
    GLOBAL: (argument) => this.global('GLOBAL', argument as readonly [string, string]),
    STACK_GLOBAL: () => this.stackGlobal(),
    INST: (argument) => {
      this.global('INST', argument as readonly [string, string]);
      const cls = this.pop();
      this.call('INST', cls, this.popToMark());
    },
    OBJ: () => {
      const [cls, ...args] = this.popToMark();
      if (!cls) throw new Fault('unpickling stack underflow');
      this.call('OBJ', cls, args);
    },
    NEWOBJ: () => this.newObject('NEWOBJ', null),
    NEWOBJ_EX: () => this.newObject('NEWOBJ_EX', this.pop()),
    REDUCE: () => {
      const args = this.pop();
      this.call('REDUCE', this.pop(), args);
    },
    EXT1: (argument) => this.extension(Number(argument)),
    EXT2: (argument) => this.extension(Number(argument)),
    EXT4: (argument) => this.extension(Number(argument)),
    NEXT_BUFFER: () => {
      this.push(nothing);
      throw new Fault('pickle stream refers to out-of-band data but no *buffers* argument was given');
    },
    READONLY_BUFFER: () => this.top(),
  };

  // ---- the stack: after a fault an empty one gives `nothing`, so that what follows can be read

  private push(value: DescribedValue): void {
    this.stack.push(value);
  }

  private get fence(): number {
    return this.marks[this.marks.length - 1] ?? 0;
  }

  private failed(message: string): void {
    this.fault ??= message;
  }

  private underflow(): DescribedValue {
    this.failed(this.marks.length > 0 ? 'unexpected MARK found' : 'unpickling stack underflow');
    return nothing;
  }

  private pop(): DescribedValue {
    return this.stack.length > this.fence ? (this.stack.pop() as DescribedValue) : this.underflow();
  }

  private top(): DescribedValue {
    return this.stack.length > this.fence ? this.stack[this.stack.length - 1] : this.underflow();
  }

  private popToMark(): DescribedValue[] {
    const mark = this.marks.pop();
    if (mark === undefined) this.failed('could not find MARK');
    return this.stack.splice(mark ?? 0);
  }

  /** POP takes a MARK when nothing lies above it. */
  private popOrMark(): void {
    if (this.marks.length > 0 && this.stack.length === this.fence) this.marks.pop();
    else this.pop();
  }

  private tuple(length: number): void {
    const items: DescribedValue[] = [];
    for (let i = 0; i < length; i++) items.push(this.pop());
    this.push(this.drafts.sequence('tuple', items.reverse()));
  }

  private recall(slot: number): void {
    const value = this.memo.get(slot);
    if (!value) {
      this.push(nothing);
      throw new Fault(`Memo value not found at index ${slot}`);
    }
    this.notes.push({ id: 'recalls', slot, value });
    this.push(value);
  }

  private remember(slot: number): void {
    if (!Number.isSafeInteger(slot) || slot < 0) throw new Fault('negative PUT argument');
    // An entry of a map takes some forty bytes.
    this.drafts.places(4);
    this.memo.set(slot, this.top());
  }

  /** Slot that MEMOIZE fills. */
  get nextSlot(): number {
    return this.memo.size;
  }

  // ---- values

  private text(value: string): DescribedValue {
    return this.drafts.node({ kind: 'str', value, length: value.length });
  }

  private setProtocol(protocol: number): void {
    this.protocol = protocol;
    if (protocol > 5) throw new Fault(`unsupported pickle protocol: ${protocol}`);
  }

  private stop(): void {
    const value = this.pop();
    this.notes.push({ id: 'stops' });
    if (this.fault === null) this.result = value;
  }

  private extend(opcode: string, items: readonly DescribedValue[]): void {
    const target = this.top();
    const fits = opcode === 'ADDITEMS' ? target.kind === 'set' : target.kind === 'list';
    if (fits && 'items' in target) this.drafts.extend(target, items);
    else this.update(target, opcode, items);
  }

  private setItems(opcode: string, pairs: readonly DescribedValue[]): void {
    const target = this.top();
    if (target.kind === 'dict') this.drafts.setItems(target, pairs);
    else this.update(target, opcode, pairs);
    if (pairs.length % 2 !== 0) throw new Fault(`odd number of items for ${opcode}`);
  }

  private build(): void {
    const state = this.pop();
    const target = this.top();
    this.notes.push({ id: 'sets', target, state });
    const takesState = target.kind === 'object' || (target.kind === 'dict' && target.className !== 'dict');
    if (takesState) this.drafts.setState(target, state);
    else this.update(target, 'BUILD', [state]);
  }

  /** Of what only a call would give; anything else has no such method. */
  private update(target: DescribedValue, opcode: string, values: readonly DescribedValue[]): void {
    if (target.kind === 'call') this.drafts.update(target, opcode, values);
    // An extension of a list, and the state of a tensor, are what old files hold.
    else if (target.kind === 'object' || target.kind === 'tensor' || target === nothing) return;
    else if (values.length > 0) throw new Fault(`${opcode} on ${target.kind}`);
  }

  private persistent(id: DescribedValue): void {
    const value = this.persistentLoad(id);
    if (value?.kind === 'storage') this.notes.push({ id: 'storage', storage: value.storage });
    this.push(value ?? this.drafts.node({ kind: 'persistent', id }));
  }

  // ---- names and calls

  private global(opcode: 'GLOBAL' | 'INST' | 'STACK_GLOBAL', [from, what]: readonly [string, string]): void {
    const [module, name] = mapName(from, what);
    this.named({ module, name, verdict: verdictOf({ module, name, literal: true }) }, opcode);
  }

  private named(global: DescribedGlobal, opcode: 'GLOBAL' | 'INST' | 'STACK_GLOBAL'): void {
    this.notes.push({ id: 'imports', global, opcode });
    this.push(constantOf(global) ?? this.drafts.node({ kind: 'global', global }));
  }

  private stackGlobal(): void {
    const name = this.pop();
    const module = this.pop();
    if (module.kind === 'str' && name.kind === 'str') this.global('STACK_GLOBAL', [module.value, name.value]);
    else this.named({ module: '', name: '', verdict: 'computed' }, 'STACK_GLOBAL');
  }

  private newObject(opcode: 'NEWOBJ' | 'NEWOBJ_EX', kwargs: DescribedValue | null): void {
    const args = this.pop();
    this.call(opcode, this.pop(), args, kwargs);
  }

  /** A known call gives what it would give; a class makes an object; anything else stays a call. */
  private call(
    opcode: DescribedCall['opcode'],
    callee: DescribedValue,
    given: DescribedValue | readonly DescribedValue[],
    kwargs: DescribedValue | null = null,
  ): void {
    const args = argumentsOf(given);
    const result = args && kwargs === null ? describeCall(callee, args, this.known) : null;
    const list = args ?? [given as DescribedValue];
    const makes = opcode !== 'REDUCE';
    this.notes.push({ id: makes ? 'makes' : 'calls', callee, args: list, known: result !== null });
    this.push(result ?? this.unknown(opcode, callee, list, kwargs));
    if (!args) throw new Fault('argument list must be a tuple');
  }

  private unknown(
    opcode: DescribedCall['opcode'],
    callee: DescribedValue,
    args: readonly DescribedValue[],
    kwargs: DescribedValue | null,
  ): DescribedValue {
    const isNew = opcode.startsWith('NEWOBJ') || (opcode !== 'REDUCE' && args.length === 0);
    const holdsData =
      callee.kind === 'global' && ['allowed', 'class', 'data'].includes(callee.global.verdict);
    this.drafts.places(args.length);
    if (isNew && holdsData) {
      return this.drafts.node({ kind: 'object', class: callee.global, args, state: kwargs });
    }
    return this.drafts.node({ kind: 'call', opcode, callee, args, kwargs, updates: [] });
  }

  private extension(code: number): void {
    const callee = this.drafts.node({ kind: 'constant', text: `copyreg extension ${code}` });
    this.call('EXT', callee, []);
    throw new Fault(code <= 0 ? 'EXT specifies code <= 0' : `unregistered extension code ${code}`);
  }
}

function argumentsOf(given: DescribedValue | readonly DescribedValue[]): readonly DescribedValue[] | null {
  if (!('kind' in given)) return given;
  return given.kind === 'tuple' ? given.items : null;
}
