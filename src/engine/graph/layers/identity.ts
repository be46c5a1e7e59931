/** Its input. */
import type { Identity } from '../../../torch/nn/linear';
import { enterByShape, type LayerRule } from './rule';

export const identity: LayerRule<Identity> = {
  enter: enterByShape,
  variant: () => '',
  lower: (_layer, _path, x) => x,
};
