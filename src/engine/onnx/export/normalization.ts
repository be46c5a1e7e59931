/** BatchNorm and LayerNorm in evaluation. */
import type { BatchNorm } from '../../../torch/nn/batchnorm';
import type { LayerNorm } from '../../../torch/nn/normalization';
import type { Shape } from '../../../torch/tensor';
import type { ModelWriter } from './model-writer';
import type { ExportRule } from './rule';

export const batchnorm: ExportRule<BatchNorm> = (layer, x, shape, writer) => {
  const channels = [shape[1]];
  const [scale, shift] = affine(layer, channels, writer);
  const [mean, variance] = ['running_mean', 'running_var'].map((name) => layer.buffers.get(name));
  if (mean && variance) {
    return writer.node(
      'BatchNormalization',
      [x, scale, shift, writer.tensor(mean), writer.tensor(variance)],
      { epsilon: layer.eps },
    );
  }
  return byBatch(layer, x, shape, [scale, shift], writer);
};

export const layernorm: ExportRule<LayerNorm> = (layer, x, _shape, writer) => {
  const [scale, shift] = affine(layer, layer.normalizedShape, writer);
  return writer.node('LayerNormalization', [x, scale, shift], {
    axis: BigInt(-layer.normalizedShape.length),
    epsilon: layer.eps,
  });
};

/** Weight and bias; of a layer without them, ones and zeros. */
function affine(layer: BatchNorm | LayerNorm, shape: Shape, writer: ModelWriter): [string, string] {
  const [weight, bias] = ['weight', 'bias'].map((name) => layer.parameters.get(name));
  return [
    weight ? writer.tensor(weight) : writer.filled(1, shape),
    bias ? writer.tensor(bias) : writer.filled(0, shape),
  ];
}

/** A layer that keeps no running statistics takes the batch's in evaluation too, which no operator of ONNX does. */
function byBatch(
  layer: BatchNorm,
  x: string,
  shape: Shape,
  [scale, shift]: [string, string],
  writer: ModelWriter,
): string {
  const axes = writer.integers(shape.map((_, axis) => axis).filter((axis) => axis !== 1));
  const mean = (value: string): string => writer.node('ReduceMean', [value, axes], { keepdims: 1n });
  const centred = writer.node('Sub', [x, mean(x)]);
  const variance = mean(writer.node('Mul', [centred, centred]));
  const spread = writer.node('Sqrt', [writer.node('Add', [variance, writer.filled(layer.eps, [])])]);
  const perChannel = writer.integers([-1, ...shape.slice(2).map(() => 1)]);
  const [factor, offset] = [scale, shift].map((name) => writer.node('Reshape', [name, perChannel]));
  return writer.node('Add', [writer.node('Mul', [writer.node('Div', [centred, spread]), factor]), offset]);
}
