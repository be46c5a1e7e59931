/** What a notebook is apart from its run-time state, and the one we start with. */
import type { NetworkSpec } from './network';

/** Limits that keep a small machine fast and the figures readable. */
export const limits = {
  layers: 12,
  /** Features of a layer. */
  width: 64,
  batchSize: 64,
  /** Seeds that fit torch.manual_seed and a number field. */
  seed: 2 ** 31 - 1,
  cardId: 24,
} as const;

export interface NotebookState {
  readonly network: NetworkSpec;
  readonly seed: number;
  readonly mode: 'train' | 'eval';
  readonly batchSize: number;
}

/** The network of the first lesson. */
export const firstNotebook: NotebookState = {
  network: {
    className: 'Net',
    layers: [
      { id: 'a', kind: 'Linear', in_features: 2, out_features: 16, bias: true },
      { id: 'b', kind: 'BatchNorm1d', num_features: 16, eps: 1e-5, momentum: 0.1 },
      { id: 'c', kind: 'ReLU' },
      { id: 'd', kind: 'Dropout', p: 0.5 },
      { id: 'e', kind: 'Linear', in_features: 16, out_features: 2, bias: true },
    ],
  },
  seed: 3,
  mode: 'train',
  batchSize: 8,
};
