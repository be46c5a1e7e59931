/** What a transfer did: what became of each key, what was trained, what moved all the same. */
import type { TransferProgram } from '../transfer-program';
import type { ErrorView } from '../views';

export type TransferState =
  | 'loaded'
  /** Not in the file: as it was initialised. */
  | 'kept'
  /** There, and of another shape. */
  | 'skipped'
  /** The new network has no such key. */
  | 'unexpected';

export interface TransferRow {
  readonly key: string;
  readonly state: TransferState;
  readonly file: readonly number[] | null;
  readonly model: readonly number[] | null;
  /** How many numbers it is. */
  readonly count: number;
  readonly kind: 'trained' | 'frozen' | 'buffer' | 'none';
  /** Largest change of a number over the steps; `null` where none were taken. */
  readonly moved: number | null;
}

export interface TransferView {
  /** Counts the transfers of this notebook. */
  readonly run: number;
  readonly program: TransferProgram;
  /** The error that ended it; PyTorch's own, or this page's refusal of the file. */
  readonly error: ErrorView | null;
  /** What `print` printed. */
  readonly printed: string | null;
  readonly rows: readonly TransferRow[];
  readonly totals: Readonly<Record<TransferState, { readonly keys: number; readonly numbers: number }>>;
  /** Numbers of parameters that are frozen, and that the optimizer has. */
  readonly frozen: number;
  readonly trained: number;
  readonly steps: {
    readonly count: number;
    readonly firstLoss: number;
    readonly lastLoss: number;
    /** Share right of the new task in evaluation, 0 to 1. */
    readonly before: number;
    readonly after: number;
    /** Largest change of what the head is given for the first rows, in evaluation; `null` where nothing is before the head. */
    readonly features: number | null;
  } | null;
}
