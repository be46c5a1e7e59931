/** `max(0, x)`. */
import type { ReLU } from '../../../torch/nn/activation';
import type { LayerRule } from './rule';

export const relu: LayerRule<ReLU> = {
  enter: (layer, _path, input) => ({ output: layer.outputShape(input) }),
  variant: () => '',
  lower: (_layer, _path, x, { builder }) => builder.relu(x),
};
