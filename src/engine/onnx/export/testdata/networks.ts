/** Networks that use every layer an exported model has words for. */
import { Sequential } from '../../../../torch/nn/container';
import type { Module } from '../../../../torch/nn/module';
import { createLayer } from '../../../../torch/nn/layer-class';
import { layerClasses } from '../../../../torch/nn/registry';
import { PyFloat, PyTuple, type PyValue } from '../../../../torch/python/values';
import { Generator } from '../../../../torch/random/generator';
import type { Shape } from '../../../../torch/tensor';

type Argument = number | boolean | string | null | readonly number[];
type LayerRow = readonly [kind: string, kwargs?: Readonly<Record<string, Argument>>];

export const networks: Readonly<Record<string, { input: Shape; layers: readonly LayerRow[] }>> = {
  rows: {
    input: [4, 3],
    layers: [
      ['Linear', { in_features: 3, out_features: 5 }],
      ['BatchNorm1d', { num_features: 5, eps: 0.01 }],
      ['GELU'],
      ['Dropout', { p: 0.5 }],
      ['LayerNorm', { normalized_shape: [5] }],
      ['Linear', { in_features: 5, out_features: 4, bias: false }],
      ['BatchNorm1d', { num_features: 4, affine: false }],
      ['GELU', { approximate: 'tanh' }],
      ['LayerNorm', { normalized_shape: 4, elementwise_affine: false }],
      ['LeakyReLU', { negative_slope: 0.3 }],
      ['Sigmoid'],
      ['Softmax', { dim: 1 }],
    ],
  },
  'three axes': {
    input: [2, 3, 4],
    layers: [
      ['Linear', { in_features: 4, out_features: 5 }],
      ['BatchNorm1d', { num_features: 3 }],
      ['Tanh'],
      ['Linear', { in_features: 5, out_features: 2, bias: false }],
      ['Flatten'],
    ],
  },
  images: {
    input: [2, 2, 9, 8],
    layers: [
      ['Conv2d', { in_channels: 2, out_channels: 4, kernel_size: [2, 3], padding: [1, 2], groups: 2 }],
      ['BatchNorm2d', { num_features: 4 }],
      ['ReLU'],
      ['MaxPool2d', { kernel_size: 3, stride: 2, padding: 1, ceil_mode: true }],
      ['Dropout2d', { p: 0.2 }],
      [
        'Conv2d',
        { in_channels: 4, out_channels: 3, kernel_size: 3, dilation: 2, padding: 'same', bias: false },
      ],
      ['AvgPool2d', { kernel_size: 2, padding: 1, ceil_mode: true, count_include_pad: false }],
      ['AdaptiveAvgPool2d', { output_size: [2, 3] }],
      ['Identity'],
      ['Flatten', { start_dim: -2, end_dim: -1 }],
      ['Flatten'],
      ['Linear', { in_features: 18, out_features: 3 }],
    ],
  },
  'one window': {
    input: [3, 2, 5, 5],
    layers: [
      ['AvgPool2d', { kernel_size: 2, stride: 1 }],
      ['AdaptiveAvgPool2d', { output_size: 1 }],
      ['Flatten'],
    ],
  },
};

export function build(rows: readonly LayerRow[]): Module {
  const generator = new Generator(0);
  const layers = rows.map(([kind, kwargs = {}]) => {
    const given = Object.entries(kwargs).map(([name, value]): [string, PyValue] => [name, pyValue(value)]);
    return createLayer(layerClasses.get(kind)!, { args: [], kwargs: new Map(given) }, generator);
  });
  return Sequential.of(layers);
}

function pyValue(value: Argument): PyValue {
  if (Array.isArray(value)) return new PyTuple(value as number[]);
  if (typeof value === 'number' && !Number.isInteger(value)) return new PyFloat(value);
  return value as PyValue;
}
