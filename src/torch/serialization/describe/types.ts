/**
 * What a file says of itself, read by ranges and without running any of it: records, pickles, tensors, modules. All of it is
 * plain data that may cross to another thread. Ids with parameters are for the page to put in words.
 */
import type { DType } from '../../dtype';
import type { Moments } from '../../statistics';
import type { ContainerKind, Identity } from '../identify';
import type { DescribedGlobal, DescribedValue, OpcodeRow, PickleDescription } from './pickle-types';

export type Params = Readonly<Record<string, string | number>>;

export interface FileDescription {
  /** In bytes. */
  readonly size: number;
  /** What kind of file it is, in one line. */
  readonly identity: Identity;
  readonly container: ContainerKind;
  /** Folder all records of a zip of `torch.save` lie in, without slash; `null` for every other file. */
  readonly folder: string | null;
  /** Of the tensors' elements. */
  readonly byteOrder: 'little' | 'big';
  /** Members of a zip or tar, in directory order. */
  readonly records: readonly RecordEntry[];
  /** In file order; the one that holds the saved object is `pickles[mainPickle]`. */
  readonly pickles: readonly PickleDescription[];
  /** -1 where the file holds no object: safetensors, text, a broken zip. */
  readonly mainPickle: number;
  /** Each storage once, in order of first appearance. */
  readonly storages: readonly StorageEntry[];
  /** Every tensor, in the order a walk through the saved object meets them. A tensor that is there twice has two entries. */
  readonly tensors: readonly TensorEntry[];
  /** `_metadata` of a state_dict, or the strings of `__metadata__` in safetensors. */
  readonly metadata: readonly MetadataEntry[];
  /** Of a whole-model file. */
  readonly model: ModuleNode | null;
  /** Of a dict that holds more than tensors: epochs, optimizer state. */
  readonly parts: readonly CheckpointPart[];
  /** Source texts that torch 1.5 and older wrote with a model, each class once: paths and code of whoever saved it. */
  readonly sources: readonly ClassSource[];
  /** What does not fit together, and limits that were met. */
  readonly faults: readonly FileFault[];
}

export interface ClassSource {
  readonly class: DescribedGlobal;
  /** Path on the machine that saved. */
  readonly file: string;
  /** Cut after `limits.keptText` bytes. */
  readonly source: string;
}

/** A member of the archive. */
export interface RecordEntry {
  /** As stored, with its folder; bytes that are no UTF-8 stand as one character each. */
  readonly name: string;
  /** In bytes, as the directory says; `compressed` is what they take in the file. */
  readonly size: number;
  readonly compressed: number;
  readonly method: 'stored' | 'deflated' | 'other';
  /** CRC-32 as the directory says; PyTorch never compares it. `null` in a tar. */
  readonly crc: number | null;
  readonly headerOffset: number;
  /** Where its data starts in the file. `null` while its local header has not been read: see `OpenFile.checkRecords`. */
  readonly dataOffset: number | null;
}

/** Bytes that tensors lie in. */
export interface StorageEntry {
  /** `0`, or the address a legacy file knows it by; the tensor's name in safetensors. */
  readonly key: string;
  /** Element type of its class; `uint8` for an UntypedStorage. */
  readonly dtype: DType;
  /** Device tag: `cpu`, `cuda:0`. */
  readonly location: string;
  /** In bytes, as the pickle says. */
  readonly size: number;
  /** Index of its record; `null` where the file is no archive, or the record is missing. */
  readonly record: number | null;
  /** Where its bytes start in the file; `null` while unknown, or where they are compressed or missing. */
  readonly dataOffset: number | null;
}

export interface TensorEntry {
  /** As people call it: `fc1.weight`, `optimizer.state.0.exp_avg`. */
  readonly name: string;
  /** Keys, attributes and indices that lead to it in the saved object. */
  readonly path: readonly (string | number)[];
  /** What it is of the module that holds it; `tensor` outside of modules. */
  readonly role: 'tensor' | 'parameter' | 'buffer';
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly numel: number;
  /** In elements. */
  readonly stride: readonly number[];
  readonly offset: number;
  readonly requiresGrad: boolean;
  /** Index into `FileDescription.storages`; -1 for a tensor without storage. */
  readonly storage: number;
  /** Why its values cannot be read; `null` where they can. */
  readonly fault: FileFault | null;
}

/** One module's entry of `_metadata`. */
export interface MetadataEntry {
  /** Module path, `''` for the root; key of safetensors' `__metadata__`. */
  readonly key: string;
  /** `version` of a module's; `null` where there is none. */
  readonly version: number | null;
  readonly text: string;
}

/** A module of a whole-model file: what is in its `__dict__`. */
export interface ModuleNode {
  /** Attribute it stands under, `''` for the root; its path with dots. */
  readonly name: string;
  readonly path: string;
  readonly class: DescribedGlobal;
  readonly training: boolean | null;
  /** Indices into `FileDescription.tensors`, by name; -1 for None. */
  readonly parameters: readonly (readonly [name: string, tensor: number])[];
  readonly buffers: readonly (readonly [name: string, tensor: number])[];
  /** Its own attributes as Python would print them: `in_features` `2`. */
  readonly attributes: readonly (readonly [name: string, text: string])[];
  readonly modules: readonly ModuleNode[];
}

/** An entry of a checkpoint's dict. */
export interface CheckpointPart {
  readonly key: string;
  readonly kind: 'state_dict' | 'optimizer' | 'model' | 'tensor' | 'value' | 'container' | 'call';
  /** Tensors in it, and the bytes of their elements. */
  readonly tensors: number;
  readonly bytes: number;
  /** `epoch` `12`; empty for containers. */
  readonly text: string;
}

/**
 * `limit` {limit, bound}; `overlap` {record, with}; `duplicate` {record}; `header` {record} no local header where the directory
 * says; `localName` {record, found}; `localSize` {record, found}; `checksum` {record}; `archive` {message} PyTorch's own words;
 * `missing` {record}; `size` {record, size, expected}; `outside` {tensor} its elements lie beyond its storage; `encrypted`
 * {record}; `method` {record}; `pickle` {position, message}; `trailing` {bytes}; `truncated` {bytes} so many are missing; `safetensors` {message} the library's own words.
 */
export interface FileFault {
  readonly id:
    | 'limit'
    | 'overlap'
    | 'duplicate'
    | 'header'
    | 'localName'
    | 'localSize'
    | 'checksum'
    | 'archive'
    | 'missing'
    | 'size'
    | 'outside'
    | 'encrypted'
    | 'method'
    | 'pickle'
    | 'trailing'
    | 'truncated'
    | 'safetensors';
  readonly params: Params;
}

/** Elements of a tensor in row-major order, from `start` to `end`. */
export interface TensorRange {
  readonly start: number;
  readonly end: number;
}

/** Little-endian bytes of those elements, one behind the other. */
export interface TensorValues extends TensorRange {
  readonly dtype: DType;
  readonly bytes: Uint8Array;
}

/** Of all elements; a complex one counts by its real part. */
export interface TensorStatistics extends Moments {
  /** Counts in 12 bins of equal width from `min` to `max`; empty where they are equal or nothing is finite. */
  readonly histogram: readonly number[];
}

/** What a long reading is watched by. An `AbortSignal` is one. */
export interface Watch {
  /** Bytes done of all there are. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Reading stops with `Cancelled` once this is true. */
  readonly signal?: { readonly aborted: boolean };
}

/** A described file and what may still be asked of it. Whatever the file is, only Refusal, PythonError and Cancelled are raised. */
export interface OpenFile {
  readonly description: FileDescription;
  /** Rows `from` to `from + count` of a pickle, fewer at its end. Raises Cancelled. */
  opcodeRows(pickle: number, from: number, count: number): Promise<OpcodeRow[]>;
  /**
   * More of a value: the node that `path` leads to, child by child. Children are a sequence's items; a dict's keys and values in
   * turn, then its attributes; an object's arguments, then its state; a call's callee, arguments, kwargs, then its updates' values.
   */
  outline(pickle: number, path: readonly number[], bounds?: OutlineBounds): DescribedValue | null;
  /** Raises Refusal for a tensor with a fault and for a range beyond `limits.rangeBytes`, PythonError, Cancelled. */
  readTensor(tensor: number, range: TensorRange, watch?: Watch): Promise<TensorValues>;
  statistics(tensor: number, watch?: Watch): Promise<TensorStatistics>;
  /** A record's own bytes from `start` to `end`, expanded where they are compressed. */
  readRecord(record: number, start: number, end: number): Promise<Uint8Array>;
  /** Reads every local header and, with `checksums`, every record: what does not agree with the directory. */
  checkRecords(options?: Watch & { readonly checksums?: boolean }): Promise<RecordCheck>;
}

export interface RecordCheck {
  /** As in the description, with every `dataOffset` that could be told. */
  readonly records: readonly RecordEntry[];
  readonly faults: readonly FileFault[];
}

export interface OutlineBounds {
  /** Levels below the node. */
  readonly depth: number;
  /** Children of one node that are shown, from `from` on. */
  readonly items: number;
  readonly from?: number;
}

/** Reading was given up because its watch said so. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}
