/** What the kernel shows of itself: plain data that crosses from its worker to the page. */
import type { LoadProgram } from './load-program';
import type { LayerKind } from './network';
import type { EngineLevel, LabCell, Mode, Statement } from './statements';
import type { TransferView } from './views/transfer';

/** A PyTorch exception as the page shows it. */
export interface ErrorView {
  /** `RuntimeError`, `_pickle.UnpicklingError`. */
  readonly type: string;
  readonly message: string;
}

/** Row-major float32 values with their shape. */
export interface ArrayView {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface LayerView {
  readonly id: string;
  readonly kind: LayerKind;
  /** Attribute in `class Net`: `fc1`, `bn1`. */
  readonly attribute: string;
  /** Arguments as the code writes them: `2, 16`, `p=0.5`. */
  readonly argsText: string;
  readonly outputShape: readonly number[];
  readonly parameters: number;
  readonly buffers: number;
}

export interface NetworkView {
  readonly layers: readonly LayerView[];
  readonly inputShape: readonly number[];
  readonly parameters: number;
  readonly buffers: number;
  /** `class Net(nn.Module): ...` */
  readonly code: string;
  /** `print(tudui)` */
  readonly printed: string;
}

/** An edit that gives no valid network: the rest of the page stays on the last valid one. */
export interface ProblemView {
  /** The card whose layer raises; `null` when no single layer does. */
  readonly layerId: string | null;
  readonly error: ErrorView;
  /** Shapes out of the layers before it, by card id. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
}

export interface DropoutView {
  readonly layerId: string;
  readonly p: number;
  /** 1 kept, 0 dropped; `null` when this forward drew none (evaluation, p = 0 or 1). */
  readonly mask: { readonly shape: readonly number[]; readonly kept: Uint8Array } | null;
  /** What a kept value was multiplied by in this forward: 1 / (1 - p) in training, 1 in evaluation. */
  readonly factor: number;
  readonly meanIn: number;
  readonly meanOut: number;
}

export interface BatchNormView {
  readonly layerId: string;
  readonly eps: number;
  readonly momentum: number;
  /** Biased variance: what normalised this batch. `null` when no forward has used batch statistics yet. */
  readonly batch: { readonly mean: Float32Array; readonly variance: Float32Array } | null;
  /** Before the last forward in training. */
  readonly before: { readonly mean: Float32Array; readonly variance: Float32Array };
  readonly running: { readonly mean: Float32Array; readonly variance: Float32Array };
  readonly tracked: number;
  /** One entry per forward of the labs in training since `tudui = Net()`, newest last, at most 200. */
  readonly history: readonly {
    /** `num_batches_tracked` after it: training moves it too, so entries need not be neighbours. */
    readonly tracked: number;
    readonly batchMean: Float32Array;
    readonly runningMean: Float32Array;
  }[];
}

/** The last forward of the fixed batch. */
export interface ForwardView {
  readonly mode: Mode;
  readonly engine: EngineLevel;
  readonly input: ArrayView;
  readonly labels: readonly number[];
  /** By card id, in order. */
  readonly activations: Readonly<Record<string, ArrayView>>;
  /** softmax of the last activation: (N, classes). */
  readonly probabilities: ArrayView;
  readonly dropout: readonly DropoutView[];
}

export interface TrainingPoint {
  readonly step: number;
  readonly loss: number;
}

export interface AccuracyPoint {
  readonly step: number;
  /** Of that step; `null` before the first. */
  readonly loss: number | null;
  /** Share right on all points, 0 to 1; in train mode on a copy, with a forked generator. */
  readonly train: number;
  readonly eval: number;
}

export interface TrainingView {
  readonly step: number;
  readonly lr: number;
  /** The curves, as many points of them as can be told apart: an hour of training is no more to send than a minute. */
  readonly loss: readonly TrainingPoint[];
  readonly accuracy: readonly AccuracyPoint[];
  /** Level that computed the last steps. */
  readonly engine: EngineLevel | null;
  /** What stopped the last step: `Target 1 is out of bounds.` */
  readonly error: ErrorView | null;
}

export interface ShelfFile {
  readonly name: string;
  /** Another number once the file has been written over. */
  readonly version: number;
  readonly kind: 'state_dict' | 'model' | 'other';
  readonly bytes: number;
  readonly origin: 'saved' | 'uploaded';
  /** Of an earlier visit. */
  readonly restored: boolean;
  /** Accuracy in evaluation of the model that was saved, 0 to 1; `null` of uploads. */
  readonly accuracy: number | null;
  /** The lines that wrote it; `null` for an upload. */
  readonly code: string | null;
  /** One line of what it is, as an id with parameters for the page's catalogue. */
  readonly verdict: { readonly id: string; readonly params: Readonly<Record<string, string | number>> };
  /** Keys with shapes and dtypes of a state_dict; globals a load would import. */
  readonly keys: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly dtype: string;
  }[];
  readonly globals: readonly string[];
  /** Of a file with a class of its own: layers that `add_safe_globals` needs beside it; `null` where no list would do. */
  readonly layersToAllow: readonly string[] | null;
}

export interface TracebackLine {
  readonly text: string;
  /** Frames inside torch fold to one line. */
  readonly inner: boolean;
}

export type LoadOutcome =
  | 'works'
  /** An exception: the learner will know. */
  | 'error'
  /** No exception, and not the model that was saved. */
  | 'silent'
  /** This page stops where the program would go on: the file wants other code to run, or more than a page can spend. */
  | 'refused';

/** A key of the model, of the file, or of both. */
export interface KeyRow {
  readonly key: string;
  readonly state: 'loaded' | 'kept' | 'missing' | 'unexpected' | 'mismatch';
  /** Shape in the model; `null` where the model has no such key. */
  readonly model: readonly number[] | null;
  readonly file: readonly number[] | null;
}

export interface RepairView {
  readonly id: string;
  readonly change: Partial<LoadProgram>;
  readonly code: string;
  /** How the program ends then; `error` where this repair is one of several that are needed. */
  readonly outcome: 'works' | 'silent' | 'error';
  /** The exception that then comes next. */
  readonly next: string | null;
}

export interface LoadView {
  /** Counts the loads of this notebook: each has a number of its own. */
  readonly run: number;
  readonly program: LoadProgram;
  /** The friend's script, line by line, and the line that raised (0-based). */
  readonly code: readonly string[];
  readonly failedLine: number | null;
  /** Files of the friend's project, indented as a tree. */
  readonly tree: readonly string[];
  readonly outcome: LoadOutcome;
  /** What Python warned of, as it prints it. */
  readonly warnings: readonly string[];
  /** What the last expression printed: `<All keys matched successfully>`, or `print(model)`. */
  readonly printed: string | null;
  readonly error: ErrorView | null;
  readonly traceback: readonly TracebackLine[];
  /** One plain sentence on why, as an id with parameters for the page's catalogue. */
  readonly why: { readonly id: string; readonly params: Readonly<Record<string, string | number>> };
  /** Accuracy of the loaded model in evaluation, and of the model that was saved. */
  readonly accuracy: { readonly loaded: number; readonly saved: number | null } | null;
  /** What `load_state_dict` met, where it got a dict: at most some hundred keys, and the counts of all. */
  readonly keys: {
    readonly rows: readonly KeyRow[];
    readonly counts: Readonly<Record<KeyRow['state'], number>>;
    /** Tensors of the model that changed, also where it raised in the end. */
    readonly changed: number;
  } | null;
  /** Single changes to the program, each tried, best first. */
  readonly repairs: readonly RepairView[];
}

export interface LogEntry {
  readonly count: number;
  readonly statement: Statement['type'];
  /** The PyTorch code of it. */
  readonly code: string;
  readonly error: ErrorView | null;
  /** A file that was refused: PyTorch's error is not what stopped it. */
  readonly refused: boolean;
}

export interface EngineView {
  /** The level in use. */
  readonly level: EngineLevel;
  readonly levels: Readonly<
    Record<
      EngineLevel,
      {
        readonly state: 'ready' | 'unloaded' | 'loading' | 'failed' | 'absent';
        /** Bytes arrived and expected while loading. */
        readonly loaded: number;
        readonly total: number;
        /** Id of what is missing or went wrong, for the page's catalogue. */
        readonly reason: string | null;
      }
    >
  >;
}

export interface KernelView {
  readonly network: NetworkView;
  readonly problem: ProblemView | null;
  readonly seed: number;
  readonly draws: number;
  readonly mode: Mode;
  /** Rows of the data. */
  readonly rows: number;
  readonly batchSize: number;
  readonly forward: ForwardView | null;
  /** The error the last forward raised; `forward` keeps the one before it. */
  readonly forwardError: { readonly layerId: string | null; readonly error: ErrorView } | null;
  readonly batchNorm: readonly BatchNormView[];
  readonly training: TrainingView;
  readonly shelf: readonly ShelfFile[];
  readonly load: LoadView | null;
  readonly transfer: TransferView | null;
  readonly engine: EngineView;
  readonly log: readonly LogEntry[];
  /** Count of the newest statement each lab ran. */
  readonly counts: Readonly<Partial<Record<LabCell, number>>>;
}
