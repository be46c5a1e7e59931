/** The learner's network as the document keeps it: layer cards in order. */

/** Fields carry PyTorch's own argument names. */
export type LayerCard =
  | {
      readonly id: string;
      readonly kind: 'Linear';
      readonly in_features: number;
      readonly out_features: number;
      readonly bias: boolean;
    }
  | {
      readonly id: string;
      readonly kind: 'BatchNorm1d';
      readonly num_features: number;
      readonly eps: number;
      readonly momentum: number;
    }
  | { readonly id: string; readonly kind: 'ReLU' }
  | { readonly id: string; readonly kind: 'Dropout'; readonly p: number };

export type LayerKind = LayerCard['kind'];

export interface NetworkSpec {
  readonly className: string;
  readonly layers: readonly LayerCard[];
}
