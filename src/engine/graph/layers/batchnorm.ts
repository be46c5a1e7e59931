/**
 * Batch normalisation (ATen/native/Normalization.cpp): the biased variance normalises, the unbiased one is recorded.
 * The share of this batch in the running average is an input, so that `momentum=None` needs no graph of its own.
 */
import type { BatchNorm1d } from '../../../torch/nn/batchnorm';
import { numelOf, type Shape } from '../../../torch/tensor';
import type { ValueId } from '../graph';
import type { Lowering } from '../lowering';
import { names } from '../names';
import type { LayerRule } from './rule';

export const batchnorm: LayerRule<BatchNorm1d> = {
  enter(layer, path, input) {
    layer.checkInputDim(input);
    const factor = layer.countBatch();
    const output = layer.outputShape(input);
    if (!layer.updatesRunningStatistics) return { output };
    return { output, feeds: [[names.factor(path), Float32Array.of(factor)]] };
  },

  variant: (layer) => `${layer.eps} ${layer.usesBatchStatistics} ${layer.updatesRunningStatistics}`,

  lower(layer, path, x, lowering) {
    const { builder } = lowering;
    const perChannel = channelShape(builder.shapeOf(x));
    const [mean, variance] = layer.usesBatchStatistics
      ? batchStatistics(layer, path, x, lowering)
      : ['running_mean', 'running_var'].map((name) => lowering.read(layer.buffers.get(name)!));
    const centred = builder.sub(x, builder.reshape(mean, perChannel));
    const spread = builder.sqrt(builder.add(variance, builder.scalar(layer.eps)));
    const normalised = builder.div(centred, builder.reshape(spread, perChannel));
    const weight = layer.parameters.get('weight');
    const bias = layer.parameters.get('bias');
    const scaled = weight
      ? builder.mul(normalised, builder.reshape(lowering.read(weight), perChannel))
      : normalised;
    return bias ? builder.add(scaled, builder.reshape(lowering.read(bias), perChannel)) : scaled;
  },
};

/** Mean and biased variance of each channel, (C); moves the running statistics where the layer keeps them. */
function batchStatistics(
  layer: BatchNorm1d,
  path: string,
  x: ValueId,
  lowering: Lowering,
): [ValueId, ValueId] {
  const { builder } = lowering;
  const shape = builder.shapeOf(x);
  const axes = shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  const mean = builder.reduceMean(x, axes);
  const centred = builder.sub(x, builder.reshape(mean, channelShape(shape)));
  const variance = builder.reduceMean(builder.mul(centred, centred), axes);
  lowering.outputs.set(names.batchMean(path), mean);
  lowering.outputs.set(names.batchVariance(path), variance);
  if (layer.updatesRunningStatistics) {
    const count = numelOf(shape) / shape[1];
    const unbiased = builder.mul(variance, builder.scalar(count / (count - 1)));
    const factor = builder.input(names.factor(path), []);
    const rest = builder.sub(builder.scalar(1), factor);
    for (const [name, value] of [
      ['running_mean', mean],
      ['running_var', unbiased],
    ] as const) {
      const buffer = layer.buffers.get(name)!;
      lowering.move(
        buffer,
        builder.add(builder.mul(factor, value), builder.mul(rest, lowering.read(buffer))),
      );
    }
  }
  return [mean, variance];
}

/** Shape in which (C) broadcasts over (N, C, ...). */
function channelShape(input: Shape): Shape {
  return [input[1], ...input.slice(2).map(() => 1)];
}
