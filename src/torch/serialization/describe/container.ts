/** What each kind of file gives a description: its pickles, the storages they name, and where the bytes of those are. */
import type { Reading } from '../byte-source';
import type { ZipEntry } from '../zip/directory';
import type { DescribedPickle } from './pickle';
import { describePickle } from './pickle';
import type { PickleInput } from './steps';
import type { FileDescription, FileFault, RecordEntry, StorageEntry, TensorEntry } from './types';

export interface Container {
  readonly container: FileDescription['container'];
  readonly folder?: string;
  readonly byteOrder?: 'little' | 'big';
  readonly records?: readonly RecordEntry[];
  /** The same as the directory of a zip has them. */
  readonly entries?: readonly ZipEntry[];
  readonly pickles?: readonly OpenPickle[];
  readonly mainPickle?: number;
  readonly storages?: readonly StorageEntry[];
  /** Why a storage cannot be read, by its index. */
  readonly storageFaults?: ReadonlyMap<number, FileFault>;
  /** Where the container itself names the tensors: safetensors. */
  readonly tensors?: readonly TensorEntry[];
  readonly metadata?: FileDescription['metadata'];
  readonly sources?: FileDescription['sources'];
  readonly faults?: readonly FileFault[];
}

/** A described pickle, and the pickle itself, for its rows. */
export interface OpenPickle extends DescribedPickle {
  /** Afresh, for another walk through it. */
  open(): PickleInput;
}

export function openPickle(open: () => PickleInput, record: number | null): OpenPickle {
  return { ...describePickle(open(), record), open };
}

export type DescribeContainer = (fileSize: number) => Reading<Container>;
