/** `1 / (1 + exp(-x))`. */
import type { Sigmoid } from '../../../torch/nn/activation';
import { enterByShape, type LayerRule } from './rule';

export const sigmoid: LayerRule<Sigmoid> = {
  enter: enterByShape,
  variant: () => '',
  lower: (_layer, _path, x, { builder }) => builder.sigmoid(x),
};
