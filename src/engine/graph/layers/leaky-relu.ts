/** `x` above zero, `negative_slope * x` below. */
import type { LeakyReLU } from '../../../torch/nn/activation';
import { enterByShape, type LayerRule } from './rule';

export const leakyRelu: LayerRule<LeakyReLU> = {
  enter: enterByShape,
  variant: (layer) => String(layer.negativeSlope),
  lower: (layer, _path, x, { builder }) => builder.leakyRelu(x, layer.negativeSlope),
};
