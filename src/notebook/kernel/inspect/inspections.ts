/** What the page may ask about a file on the shelf, and what it is answered. Nothing asked here changes anything. */
import type { Watch as Reading } from '../../../torch/serialization/describe/types';
import type { ComparisonView, DifferenceView } from '../../views/comparison';
import type { ExportView } from '../../views/export';
import type {
  DescribedValue,
  FoldsView,
  InspectedFile,
  OpcodeRow,
  OpeningView,
  RecordsView,
  StatisticsView,
  UnreadView,
} from '../../views/inspection';

/** What a long reading is watched and stopped by. */
export interface Watch extends Reading {
  readonly signal?: AbortSignal;
}

interface Inspection<Ask, Answer> {
  readonly ask: Readonly<Ask>;
  readonly answer: Answer;
}

/** Each is answered `null` where a file is not on the shelf, can no longer be read, or the answer is no longer wanted. */
export interface Inspections {
  readonly describe: Inspection<{ file: string }, InspectedFile>;
  readonly openings: Inspection<{ file: string }, readonly OpeningView[]>;
  /** Of tensors by their index in the description. */
  readonly statistics: Inspection<
    { file: string; tensors: readonly number[] },
    readonly (StatisticsView | UnreadView)[]
  >;
  /** A value of a pickle, two levels of it: the one that `path` leads to from the saved object, child by child. */
  readonly outline: Inspection<{ file: string; pickle: number; path: readonly number[] }, DescribedValue>;
  readonly folds: Inspection<{ file: string; pickle: number }, FoldsView>;
  readonly opcodes: Inspection<
    { file: string; pickle: number; from: number; count: number },
    readonly OpcodeRow[]
  >;
  /** Reads every record: where each begins, and whether its checksum is the one the archive states. */
  readonly records: Inspection<{ file: string }, RecordsView>;
  readonly compare: Inspection<{ left: string; right: string }, ComparisonView>;
  /** Of pairs of tensors of one layout. */
  readonly differences: Inspection<
    { left: string; right: string; pairs: readonly (readonly [left: number, right: number])[] },
    readonly (DifferenceView | UnreadView)[]
  >;
  readonly export: Inspection<{ file: string; as: ExportFormat }, ExportView>;
}

/** All tensors as one file, or one tensor, by its index, as text. */
export type ExportFormat =
  | { readonly format: 'safetensors' | 'npz' }
  | { readonly format: 'csv'; readonly tensor: number };

export type InspectionKind = keyof Inspections;

export type InspectionRequest = {
  readonly [K in InspectionKind]: { readonly about: K } & Inspections[K]['ask'];
}[InspectionKind];

export type InspectionAnswer = Inspections[InspectionKind]['answer'];
