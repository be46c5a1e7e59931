/** What the inspector shows of a file. Nothing of the file was executed for it. */
import type {
  FileDescription,
  FileFault,
  RecordEntry,
  TensorStatistics,
} from '../../torch/serialization/describe/types';
import type { ErrorView } from '../views';
import type { Words } from './words';

export type {
  DescribedValue,
  GlobalEntry,
  OpcodeRow,
  PickleDescription,
} from '../../torch/serialization/describe/pickle-types';
export type {
  CheckpointPart,
  FileDescription,
  FileFault,
  ModuleNode,
  RecordEntry,
  StorageEntry,
  TensorEntry,
} from '../../torch/serialization/describe/types';

export interface InspectedFile {
  readonly description: FileDescription;
  readonly has: readonly Words[];
  readonly lacks: readonly Words[];
}

/** One way to open the file in Python, and what comes of it. */
export interface OpeningView {
  readonly code: string;
  readonly words: Words;
  /** What PyTorch raises; `null` where it opens, or where only running the file would tell. */
  readonly error: ErrorView | null;
}

/** The values of one tensor at a glance: computed when it is looked at. */
export interface StatisticsView extends TensorStatistics {
  /** Index into the description's tensors. */
  readonly tensor: number;
  /** The first values, row-major, as the csv writes them. */
  readonly first: readonly string[];
}

/** Something that could not be read, and why, in PyTorch's words or the reader's. */
export interface UnreadView {
  readonly tensor: number;
  readonly problem: string;
}

/** How a pickle's opcodes fold. */
export interface FoldsView {
  /** Neighbours that belong together; they nest, outer before inner. */
  readonly folds: readonly FoldView[];
  /** 1 for each opcode that only writes the memo. */
  readonly memo: Uint8Array;
}

export interface FoldView {
  /** Number of the first opcode and of the last. */
  readonly start: number;
  readonly end: number;
  /** The key under which its value is stored, where a string stands right before it. */
  readonly key: string | null;
  readonly words: Words;
  /** Unfolded at first: there is something in it that the default load refuses. */
  readonly open: boolean;
}

export interface RecordsView {
  readonly records: readonly RecordEntry[];
  readonly faults: readonly FileFault[];
}
