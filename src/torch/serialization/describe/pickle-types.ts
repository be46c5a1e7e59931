/**
 * What a pickle says of itself without running: its opcodes, the names it would import, the calls it would make, and the value
 * they would give. Plain data, as in `types.ts`.
 */
import type { DType } from '../../dtype';
import type { GlobalVerdict } from '../pickle/safe-names';
import type { FileFault, Params } from './types';

export type { GlobalVerdict };

/** One pickle of the file. Opcodes are asked for in pages, with `opcodeRows`. */
export interface PickleDescription {
  /** Record it is in; `null` where pickles stand in the file itself. */
  readonly record: number | null;
  /** Bytes of the record (or file) it takes. */
  readonly start: number;
  readonly end: number;
  readonly protocol: number;
  /** Number of opcodes. */
  readonly opcodes: number;
  /** A byte for each opcode, an `opcodeWeight`: the strip of the x-ray. */
  readonly strip: Uint8Array;
  /** Each name it would import, once, in order of first appearance. */
  readonly globals: readonly GlobalEntry[];
  /** Calls of anything that is not on the list of `weights_only`, in order; at most `limits.listedCalls`. */
  readonly calls: readonly CallEntry[];
  /** What STOP would give, in outline: `OpenFile.outline` gives more of it. `null` where STOP is not reached. */
  readonly value: DescribedValue | null;
  /** How reading it ended. `params` of `fault` say more. */
  readonly ending: 'stop' | 'end of data' | 'unknown opcode' | 'fault' | 'limit';
  readonly fault: FileFault | null;
  /** First opcode that `torch.load` with its default `weights_only=True` refuses. */
  readonly refusedAt: RefusedAt | null;
}

export const opcodeWeight = {
  other: 0,
  /** REDUCE, NEWOBJ, NEWOBJ_EX, OBJ, BUILD, BINPERSID, PERSID. */
  call: 1,
  /** A name that `weights_only` takes. */
  global: 2,
  /** A name it refuses. */
  refused: 3,
} as const;

export interface RefusedAt {
  /** Opcode number, and its position in the pickle. */
  readonly index: number;
  readonly position: number;
  readonly opcode: string;
  /** `operand`: an opcode it does not know. `global`: a name not allowed. `blocked`: of a module never taken from. */
  readonly reason: 'operand' | 'global' | 'blocked';
  /** `__main__.Net`; `null` for an opcode. */
  readonly name: string | null;
}

export interface GlobalEntry {
  /** Python 3's names; both empty for a computed one. */
  readonly module: string;
  readonly name: string;
  readonly verdict: GlobalVerdict;
  /** Of the first opcode that names it. */
  readonly index: number;
  readonly position: number;
  readonly opcode: 'GLOBAL' | 'INST' | 'STACK_GLOBAL';
  /** How often it is named. */
  readonly count: number;
}

export interface CallEntry {
  readonly index: number;
  readonly position: number;
  readonly opcode: string;
  /** Of what is called; `computed` where that is no name. */
  readonly verdict: GlobalVerdict;
  /** `os.system('echo hello')`, cut after `limits.shownText` characters. */
  readonly text: string;
}

/** An opcode as it stands in the pickle, and what it would do. */
export interface OpcodeRow {
  /** Number in the pickle, from 0, and position and length in bytes. */
  readonly index: number;
  readonly position: number;
  readonly size: number;
  readonly code: number;
  readonly name: string;
  /** As Python would write it, cut after `limits.shownText` characters; `null` for none. */
  readonly argument: string | null;
  /** Memo slot it fills or reads. */
  readonly memo: { readonly slot: number; readonly access: 'put' | 'get' } | null;
  /** Height of the stack before and after it, each MARK counted as one. */
  readonly stack: { readonly before: number; readonly after: number };
  readonly weight: number;
  readonly mark: OpcodeMark | null;
}

/**
 * What an opcode would do, for the page to put in words: `imports` {name, verdict}, `computed` {} a name only running would tell,
 * `calls` and `makes` {text, verdict}, `sets` {name, entries}, `storage` {key, dtype, size, location} with `size` in bytes,
 * `recalls` {slot, text}, `stops` {}, `fault` {reason} in CPython's words.
 */
export interface OpcodeMark {
  readonly id:
    | 'imports'
    | 'computed'
    | 'calls'
    | 'makes'
    | 'sets'
    | 'storage'
    | 'recalls'
    | 'stops'
    | 'fault';
  readonly params: Params;
}

/**
 * A value as the pickle spells it. Inside a pickle it is a graph: what the pickle shares is shared, and it may contain itself.
 * What crosses to a page is an outline of it, a tree cut in depth and width.
 */
export type DescribedValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** Decimal; cut in the middle where it has more than `limits.shownText` digits. */
  | { readonly kind: 'int'; readonly text: string }
  | { readonly kind: 'float'; readonly value: number }
  /** `value` is cut after `limits.keptText` bytes; `length` is then that of the whole in bytes, else in characters. */
  | { readonly kind: 'str'; readonly value: string; readonly length: number }
  | { readonly kind: 'bytes'; readonly length: number; readonly head: Uint8Array; readonly mutable: boolean }
  | DescribedSequence
  | DescribedDict
  | { readonly kind: 'global'; readonly global: DescribedGlobal }
  /** An element type or layout or device of torch's, as printed: `torch.float32`. */
  | { readonly kind: 'constant'; readonly text: string }
  /** Index into `FileDescription.storages`. */
  | { readonly kind: 'storage'; readonly storage: number }
  | DescribedTensor
  | DescribedObject
  | DescribedCall
  /** A persistent id that names no storage. */
  | { readonly kind: 'persistent'; readonly id: DescribedValue }
  /** Left out of an outline: so many items more, or all of a value too deep (`count` 0), or a value that is its own ancestor. */
  | { readonly kind: 'more'; readonly count: number }
  | { readonly kind: 'again' };

export interface DescribedGlobal {
  readonly module: string;
  readonly name: string;
  readonly verdict: GlobalVerdict;
}

export interface DescribedSequence {
  readonly kind: 'list' | 'tuple' | 'set' | 'frozenset' | 'size';
  readonly items: readonly DescribedValue[];
}

export interface DescribedDict {
  readonly kind: 'dict';
  readonly className: string;
  readonly entries: readonly (readonly [key: DescribedValue, value: DescribedValue])[];
  /** `__dict__` of an OrderedDict: where a state_dict keeps `_metadata`. */
  readonly attributes: DescribedValue | null;
}

/** A tensor rebuilt by one of torch's own functions. */
export interface DescribedTensor {
  readonly kind: 'tensor';
  /** `parameter` came out of `_rebuild_parameter`. */
  readonly class: 'tensor' | 'parameter';
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** In elements, as `tensor.stride()` and `tensor.storage_offset()`. */
  readonly stride: readonly number[];
  readonly offset: number;
  readonly requiresGrad: boolean;
  /** Index into `FileDescription.storages`; -1 for a tensor without storage (meta). */
  readonly storage: number;
}

/** An instance that NEWOBJ makes of a class, with the state BUILD gives it: a module, most often. Nothing has made it. */
export interface DescribedObject {
  readonly kind: 'object';
  readonly class: DescribedGlobal;
  readonly args: readonly DescribedValue[];
  readonly state: DescribedValue | null;
}

/** "Would call X(...)": every call whose result only running it would tell. */
export interface DescribedCall {
  readonly kind: 'call';
  readonly opcode: 'REDUCE' | 'NEWOBJ' | 'NEWOBJ_EX' | 'OBJ' | 'INST' | 'EXT';
  readonly callee: DescribedValue;
  readonly args: readonly DescribedValue[];
  readonly kwargs: DescribedValue | null;
  /** What BUILD, APPEND(S), SETITEM(S) would then do to the result, in order. */
  readonly updates: readonly { readonly opcode: string; readonly values: readonly DescribedValue[] }[];
}
