/** `max(0, x)`. */
import type { ReLU } from '../../../torch/nn/activation';
import { enterByShape, type LayerRule } from './rule';

export const relu: LayerRule<ReLU> = {
  enter: enterByShape,
  variant: () => '',
  lower: (_layer, _path, x, { builder }) => builder.relu(x),
};
