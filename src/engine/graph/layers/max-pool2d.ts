/** The largest value of each window. */
import type { MaxPool2d } from '../../../torch/nn/pooling';
import { overImages } from './images';
import { poolWindows } from './pool-windows';
import { enterByShape, type LayerRule } from './rule';

export const maxPool2d: LayerRule<MaxPool2d> = {
  enter: enterByShape,
  variant: (layer) => JSON.stringify(layer.windows),
  lower: (layer, _path, x, { builder }) =>
    overImages(x, builder, (images) => builder.maxPool(images, poolWindows(layer, builder.shapeOf(images)))),
};
