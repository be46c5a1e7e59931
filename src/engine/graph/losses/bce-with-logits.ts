/**
 * Binary cross entropy of logits (ATen/native/Loss.cpp, binary_cross_entropy_with_logits):
 * (1 - target) x + (1 + (pos_weight - 1) target) softplus(-x), times the weight.
 */
import type { BCEWithLogitsLoss } from '../../../torch/nn/bce-with-logits-loss';
import type { Tensor } from '../../../torch/tensor';
import { asFloat32 } from '../../tensors';
import type { GraphBuilder } from '../builder';
import type { ValueId } from '../graph';
import { encodeValues } from './encode';
import { reduced } from './reduced';
import type { LossRule } from './rule';

export const bceWithLogits: LossRule<BCEWithLogitsLoss> = {
  encode: encodeValues,

  // The weights are constants of the graph: they belong to the criterion and do not train.
  variant: (loss) => [loss.reduction, weightKey(loss.weight), weightKey(loss.posWeight)].join(' '),

  lower(loss, output, target, builder) {
    const one = builder.scalar(1);
    const positive = loss.posWeight
      ? builder.add(one, builder.mul(builder.sub(constant(loss.posWeight, builder), one), target))
      : one;
    const unlikely = builder.softplus(builder.neg(output));
    const losses = builder.add(
      builder.mul(builder.sub(one, target), output),
      builder.mul(positive, unlikely),
    );
    const weighted = loss.weight ? builder.mul(losses, constant(loss.weight, builder)) : losses;
    return reduced(loss, weighted, builder);
  },
};

function constant(weight: Tensor, builder: GraphBuilder): ValueId {
  return builder.constant(asFloat32(weight), weight.shape);
}

function weightKey(weight: Tensor | null): string {
  return weight ? `[${weight.shape}] ${asFloat32(weight).join()}` : '';
}
