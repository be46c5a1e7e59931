/** Cross-correlation; padding that is not zeros has no rule. */
import { NotBuilt } from '../../../torch/errors';
import type { Conv2d } from '../../../torch/nn/conv';
import type { ConvAttributes } from '../graph';
import { overImages } from './images';
import { enterByShape, type LayerRule } from './rule';

export const conv2d: LayerRule<Conv2d> = {
  enter(layer, call) {
    if (layer.attribute('padding_mode') !== 'zeros')
      throw new NotBuilt(`the engine does not pad by ${String(layer.attribute('padding_mode'))}`);
    return enterByShape(layer, call);
  },
  variant: (layer) => JSON.stringify(attributesOf(layer)),
  lower(layer, _path, x, lowering) {
    const weight = lowering.read(layer.parameters.get('weight')!);
    const bias = layer.parameters.get('bias');
    return overImages(x, lowering.builder, (images) =>
      lowering.builder.conv(images, weight, attributesOf(layer), bias ? lowering.read(bias) : null),
    );
  },
};

function attributesOf(layer: Conv2d): ConvAttributes {
  const { stride, dilation, groups } = layer;
  const [[top, bottom], [left, right]] = layer.paddedSides;
  return {
    strides: [stride[0], stride[1]],
    pads: [top, left, bottom, right],
    dilations: [dilation[0], dilation[1]],
    groups,
  };
}
