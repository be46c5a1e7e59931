/** What the engine knows of a loss class. */
import type { Shape, Tensor } from '../../../torch/tensor';
import type { GraphBuilder } from '../builder';
import type { ValueId } from '../graph';

export interface LossRule<L> {
  /** Checks a target as PyTorch does and writes it as the graph's `target` input, in the shape of the network's output. */
  encode(loss: L, output: Shape, target: Tensor): Float32Array;
  /** Everything besides shapes that decides which nodes `lower` makes. */
  variant(loss: L): string;
  lower(loss: L, output: ValueId, target: ValueId, builder: GraphBuilder): ValueId;
}
