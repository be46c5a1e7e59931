/** Along `dim`, or along the one PyTorch picks where none was given. */
import type { Softmax } from '../../../torch/nn/activation';
import { enterByShape, type LayerRule } from './rule';

export const softmax: LayerRule<Softmax> = {
  enter: enterByShape,
  variant: (layer) => String(layer.dim),
  lower(layer, _path, x, { builder }) {
    const shape = builder.shapeOf(x);
    // A scalar sums to one by being one.
    if (shape.length > 0) return builder.softmax(x, layer.axisOf(shape));
    return builder.reshape(builder.softmax(builder.reshape(x, [1]), 0), []);
  },
};
