/** Hyperbolic tangent. */
import type { Tanh } from '../../../torch/nn/activation';
import { enterByShape, type LayerRule } from './rule';

export const tanh: LayerRule<Tanh> = {
  enter: enterByShape,
  variant: () => '',
  lower: (_layer, _path, x, { builder }) => builder.tanh(x),
};
