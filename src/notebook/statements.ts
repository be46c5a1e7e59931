/** Whatever a learner does to the model is one of these. The kernel executes them in order and keeps the log. */
import type { LoadProgram } from './load-program';
import type { NetworkSpec } from './network';
import type { TransferProgram } from './transfer-program';

export type Mode = 'train' | 'eval';
export type EngineLevel = 'reference' | 'wasm' | 'webgpu';
/** Module of the learner's project that holds `class Net` when a whole model is saved: `__main__`, `train`, `src.train`. */
export type HomeModule = string;
/**
 * What the save lab writes: three objects as torch.save does, the first of them also in its old format, from inside a
 * wrapper and from a GPU, and a model others run.
 */
export type Saved =
  | 'state_dict'
  | 'model'
  | 'checkpoint'
  | 'legacy'
  | 'parallel'
  | 'compiled'
  | 'cuda'
  | 'onnx';

/** A file as it outlives a visit. */
export interface KeptFile {
  readonly name: string;
  readonly data: Blob;
  readonly origin: 'saved' | 'uploaded';
  /** Accuracy in evaluation of the model that was saved, 0 to 1; `null` of uploads. */
  readonly accuracy: number | null;
  /** The lines that wrote it; `null` of uploads. */
  readonly code: string | null;
}

/** Files that are no checkpoints, as they are met: nothing, a web page, what git-lfs leaves, an object that pickle wrote. */
export type Written = 'empty' | 'page' | 'pointer' | 'pickle';

export type Statement =
  /** `torch.manual_seed(seed); tudui = Net()`: a fresh model, in train mode. */
  | { readonly type: 'define'; readonly network: NetworkSpec; readonly seed: number }
  /** `tudui.train()` or `tudui.eval()`. */
  | { readonly type: 'mode'; readonly mode: Mode }
  /** `out = tudui(x[:size])` without gradients: the forward the figures show. */
  | { readonly type: 'forward'; readonly batchSize: number }
  /** The next `batchSize` rows go through, so that the running statistics move. */
  | { readonly type: 'feed'; readonly batchSize: number }
  /** `steps` times: zero_grad, forward, loss, backward, step. */
  | { readonly type: 'fit'; readonly steps: number; readonly lr: number }
  | {
      readonly type: 'save';
      readonly what: Saved;
      readonly file: string;
      readonly home: HomeModule;
    }
  /** The file is kept as it lies on disk: what is looked at is read. */
  | { readonly type: 'upload'; readonly file: string; readonly data: Blob }
  | { readonly type: 'discard'; readonly file: string }
  /** Files of an earlier visit, in the order they were put on the shelf. A name that is taken keeps what it has. */
  | { readonly type: 'restore'; readonly files: readonly KeptFile[] }
  /**
   * A file on the shelf once more under another name: what it holds now, to compare with later; or only its `[:bytes]`, as
   * Python slices, which is what a broken download leaves.
   */
  | { readonly type: 'copy'; readonly file: string; readonly as: string; readonly bytes?: number }
  | { readonly type: 'write'; readonly file: string; readonly what: Written }
  | { readonly type: 'load'; readonly program: LoadProgram }
  /** A part of a file in a network of its own with a new head. */
  | { readonly type: 'transfer'; readonly program: TransferProgram }
  | { readonly type: 'engine'; readonly level: EngineLevel };

export type StatementType = Statement['type'];

/** The lab a statement was run from: its match burns. */
export type LabCell = 'network' | 'switch' | 'dropout' | 'batchnorm' | 'train' | 'save' | 'load' | 'transfer';
