/** The same values under fewer axes. */
import type { Flatten } from '../../../torch/nn/flatten';
import { enterByShape, type LayerRule } from './rule';

export const flatten: LayerRule<Flatten> = {
  enter: enterByShape,
  variant: () => '',
  lower: (layer, _path, x, { builder }) => builder.reshape(x, layer.outputShape(builder.shapeOf(x))),
};
