/**
 * x times the probability that a normal variable lies below x, by erf or by a tanh that comes close
 * (Hendrycks and Gimpel 2016; ATen/native/cpu/Activation.cpp, GeluKernelImpl).
 */
import type { GELU } from '../../../torch/nn/activation';
import type { GraphBuilder } from '../builder';
import type { ValueId } from '../graph';
import { enterByShape, type LayerRule } from './rule';

export const gelu: LayerRule<GELU> = {
  enter: enterByShape,
  variant: (layer) => layer.approximate,
  lower(layer, _path, x, { builder }) {
    const curve = layer.approximate === 'tanh' ? tanhCurve(x, builder) : erfCurve(x, builder);
    const below = builder.mul(builder.add(curve, builder.scalar(1)), builder.scalar(0.5));
    return builder.mul(x, below);
  },
};

function erfCurve(x: ValueId, builder: GraphBuilder): ValueId {
  return builder.erf(builder.mul(x, builder.scalar(Math.SQRT1_2)));
}

/** tanh(sqrt(2/pi) (x + 0.044715 x^3)) */
function tanhCurve(x: ValueId, builder: GraphBuilder): ValueId {
  const slope = Math.sqrt(2 / Math.PI);
  const bend = builder.mul(builder.mul(x, x), builder.scalar(slope * 0.044715));
  return builder.tanh(builder.mul(x, builder.add(bend, builder.scalar(slope))));
}
