/** Layer normalisation (ATen/native/layer_norm.cpp): mean and biased variance over the last axes, row by row. */
import type { LayerNorm } from '../../../torch/nn/normalization';
import { enterByShape, type LayerRule } from './rule';

export const layernorm: LayerRule<LayerNorm> = {
  enter: enterByShape,
  variant: (layer) => String(layer.eps),
  lower(layer, _path, x, lowering) {
    const { builder } = lowering;
    const rank = builder.shapeOf(x).length;
    const axes = layer.normalizedShape.map((_, i) => rank - layer.normalizedShape.length + i);
    const centred = builder.sub(x, builder.reduceMean(x, axes, true));
    const variance = builder.reduceMean(builder.mul(centred, centred), axes, true);
    const spread = builder.sqrt(builder.add(variance, builder.scalar(layer.eps)));
    const normalised = builder.standardize(x, centred, spread);
    const weight = layer.parameters.get('weight');
    const bias = layer.parameters.get('bias');
    const scaled = weight ? builder.mul(normalised, lowering.read(weight)) : normalised;
    return bias ? builder.add(scaled, lowering.read(bias)) : scaled;
  },
};
