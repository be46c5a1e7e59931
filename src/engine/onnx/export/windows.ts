/** Convolution and pools over (N, C, H, W). */

import type { AdaptiveAvgPool2d } from '../../../torch/nn/adaptive-pooling';
import type { Conv2d } from '../../../torch/nn/conv';
import type { AvgPool2d, MaxPool2d } from '../../../torch/nn/pooling';
import { numelOf } from '../../../torch/tensor';
import type { PoolAttributes } from '../../graph/graph';
import { windowMatrix } from '../../graph/layers/adaptive-avg-pool2d';
import { windowScales } from '../../graph/layers/avg-pool2d';
import { poolWindows } from '../../graph/layers/pool-windows';
import type { AttributeValue } from '../model';
import { type ExportRule, NotExportable } from './rule';

const integers = (values: readonly number[]): readonly bigint[] => values.map(BigInt);

export const conv2d: ExportRule<Conv2d> = (layer, x, _shape, writer) => {
  if (layer.attribute('padding_mode') !== 'zeros') throw new NotExportable(layer.className);
  const [[top, bottom], [left, right]] = layer.paddedSides;
  const bias = layer.parameters.get('bias');
  const weight = writer.tensor(layer.parameters.get('weight')!);
  return writer.node('Conv', [x, weight, ...(bias ? [writer.tensor(bias)] : [])], {
    strides: integers(layer.stride),
    pads: integers([top, left, bottom, right]),
    dilations: integers(layer.dilation),
    group: BigInt(layer.groups),
  });
};

function windowAttributes({
  kernel,
  strides,
  pads,
  dilations,
}: PoolAttributes): Record<string, AttributeValue> {
  return {
    kernel_shape: integers(kernel),
    strides: integers(strides),
    pads: integers(pads),
    dilations: integers(dilations),
  };
}

export const maxPool2d: ExportRule<MaxPool2d> = (layer, x, shape, writer) =>
  writer.node('MaxPool', [x], windowAttributes(poolWindows(layer, shape)));

/** Divides by the whole kernel, then scales windows at an edge to the divisor PyTorch has there. */
export const avgPool2d: ExportRule<AvgPool2d> = (layer, x, shape, writer) => {
  const means = writer.node('AveragePool', [x], {
    ...windowAttributes(poolWindows(layer, shape)),
    count_include_pad: 1n,
  });
  const counts = layer.outputShape(shape).slice(-2);
  const scales = windowScales(layer, shape.slice(-2), counts);
  return scales.every((scale) => scale === 1)
    ? means
    : writer.node('Mul', [means, writer.floats(scales, counts)]);
};

export const adaptiveAvgPool2d: ExportRule<AdaptiveAvgPool2d> = (layer, x, shape, writer) => {
  const size = shape.slice(-2);
  const windows = layer.outputShape(shape).slice(-2);
  if (windows.every((count) => count === 1)) return writer.node('GlobalAveragePool', [x]);
  const flat = writer.node('Reshape', [x, writer.integers([0, 0, numelOf(size)])]);
  const means = writer.node('MatMul', [flat, writer.floats(...windowMatrix(size, windows))]);
  return writer.node('Reshape', [means, writer.integers([0, 0, ...windows])]);
};
