/** What the engine knows of a loss class. */
import type { DType } from '../../../torch/dtype';
import type { Loss } from '../../../torch/nn/loss';
import type { Shape, Tensor } from '../../../torch/tensor';
import type { NdArray } from '../../tensors';
import type { GraphBuilder } from '../builder';
import type { ValueId } from '../graph';

export interface EncodedTarget extends NdArray {
  /** Whether the loss is a mean over nothing: nan, though no gradient flows from it. */
  readonly empty: boolean;
}

export interface LossRule<L extends Loss = Loss> {
  /** Checks a target as PyTorch does and writes it as the graph's `target` input. `dtype` is the output's, float32 by default. */
  encode(loss: L, output: Shape, target: Tensor, dtype?: DType): EncodedTarget;
  /** Everything besides shapes that decides which nodes `lower` makes. */
  variant(loss: L): string;
  lower(loss: L, output: ValueId, target: ValueId, builder: GraphBuilder): ValueId;
}
