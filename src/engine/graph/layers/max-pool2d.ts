/** The largest value of each window. */
import { NotBuilt } from '../../../torch/errors';
import type { MaxPool2d } from '../../../torch/nn/pooling';
import { overImages } from './images';
import { poolWindows } from './pool-windows';
import { enterByShape, type LayerRule } from './rule';

export const maxPool2d: LayerRule<MaxPool2d> = {
  enter(layer, call) {
    if (layer.attributes.get('return_indices')) throw new NotBuilt('a pool that returns its indices');
    return enterByShape(layer, call);
  },
  variant: (layer) => JSON.stringify(layer.windows),
  lower: (layer, _path, x, { builder }) =>
    overImages(x, builder, (images) => builder.maxPool(images, poolWindows(layer, builder.shapeOf(images)))),
};
