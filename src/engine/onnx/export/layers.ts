/** The table of layers that ONNX has words for. In evaluation Dropout is the identity, so it leaves no node. */
import { GELU, LeakyReLU, ReLU, Sigmoid, Softmax, Tanh } from '../../../torch/nn/activation';
import { AdaptiveAvgPool2d } from '../../../torch/nn/adaptive-pooling';
import { BatchNorm1d, BatchNorm2d } from '../../../torch/nn/batchnorm';
import { Conv2d } from '../../../torch/nn/conv';
import { Dropout, Dropout2d } from '../../../torch/nn/dropout';
import { Flatten } from '../../../torch/nn/flatten';
import { Identity, Linear } from '../../../torch/nn/linear';
import type { Module } from '../../../torch/nn/module';
import { LayerNorm } from '../../../torch/nn/normalization';
import { AvgPool2d, MaxPool2d } from '../../../torch/nn/pooling';
import { batchnorm, layernorm } from './normalization';
import { type ExportRule, NotExportable } from './rule';
import { adaptiveAvgPool2d, avgPool2d, conv2d, maxPool2d } from './windows';

type Row = readonly [new () => Module, ExportRule];

function row<M extends Module>(cls: new () => M, rule: ExportRule<M>): Row {
  return [cls, rule as unknown as ExportRule];
}

const same: ExportRule = (_layer, x) => x;

function plain(opType: string): ExportRule {
  return (_layer, x, _shape, writer) => writer.node(opType, [x]);
}

const linear: ExportRule<Linear> = (layer, x, shape, writer) => {
  const weight = writer.tensor(layer.parameters.get('weight')!);
  const bias = layer.parameters.get('bias');
  if (shape.length === 2) {
    return writer.node('Gemm', [x, weight, ...(bias ? [writer.tensor(bias)] : [])], { transB: 1n });
  }
  const product = writer.node('MatMul', [x, writer.node('Transpose', [weight], { perm: [1n, 0n] })]);
  return bias ? writer.node('Add', [product, writer.tensor(bias)]) : product;
};

/** Axes before the joined ones keep their size (0 copies it), so that the batch stays open. */
const flatten: ExportRule<Flatten> = (layer, x, shape, writer) => {
  const result = layer.outputShape(shape);
  const start = layer.numberAttribute('start_dim');
  const joined = start < 0 ? start + shape.length : start;
  const sizes = result.map((size, axis) => (axis < joined ? 0 : axis === joined ? -1 : size));
  return writer.node('Reshape', [x, writer.integers(sizes)]);
};

const rules: readonly Row[] = [
  row(Linear, linear),
  row(Identity, same),
  row(Dropout, same),
  row(Dropout2d, same),
  row(Flatten, flatten),
  row(Conv2d, conv2d),
  row(MaxPool2d, maxPool2d),
  row(AvgPool2d, avgPool2d),
  row(AdaptiveAvgPool2d, adaptiveAvgPool2d),
  row(BatchNorm1d, batchnorm),
  row(BatchNorm2d, batchnorm),
  row(LayerNorm, layernorm),
  row(ReLU, plain('Relu')),
  row(Sigmoid, plain('Sigmoid')),
  row(Tanh, plain('Tanh')),
  row(LeakyReLU, (layer, x, _shape, writer) => writer.node('LeakyRelu', [x], { alpha: layer.negativeSlope })),
  row(GELU, (layer, x, _shape, writer) => writer.node('Gelu', [x], { approximate: layer.approximate })),
  row(Softmax, (layer, x, shape, writer) =>
    writer.node('Softmax', [x], { axis: BigInt(layer.axisOf(shape)) }),
  ),
];

export function exportRuleOf(module: Module): ExportRule {
  const found = rules.find(([cls]) => module instanceof cls);
  if (!found) throw new NotExportable(module.className);
  return found[1];
}
