/**
 * Batch normalisation (ATen/native/Normalization.cpp): the biased variance normalises, the unbiased one is recorded.
 * The share of this batch in the running average is an input, so that `momentum=None` needs no graph of its own.
 */
import type { BatchNorm } from '../../../torch/nn/batchnorm';
import { numelOf, type Shape, type Tensor } from '../../../torch/tensor';
import type { ValueId } from '../graph';
import type { Lowering } from '../lowering';
import { names } from '../names';
import type { LayerRule } from './rule';

export const batchnorm: LayerRule<BatchNorm> = {
  enter(layer, { path, input, dtype }) {
    layer.checkInputDim(input);
    const factor = layer.countBatch();
    const output = layer.outputShape(input, dtype);
    if (!layer.updatesRunningStatistics) return { output };
    return { output, feeds: [[names.factor(path), Float32Array.of(factor)]] };
  },

  variant: (layer) => `${layer.eps} ${layer.usesBatchStatistics} ${layer.updatesRunningStatistics}`,

  lower(layer, path, x, lowering) {
    const { builder } = lowering;
    if (numelOf(builder.shapeOf(x)) === 0) return withoutElements(layer, x, lowering);
    const perChannel = channelShape(builder.shapeOf(x));
    const [weight, bias] = affine(layer).map((parameter) =>
      parameter ? builder.reshape(lowering.read(parameter), perChannel) : null,
    );
    const scaled = layer.usesBatchStatistics
      ? byBatch(layer, path, x, weight, lowering)
      : byRunningStatistics(layer, x, weight, lowering);
    return bias === null ? scaled : builder.add(scaled, bias);
  },
};

/** Nothing is normalised or moved, and nobody looks whether the channels fit: weight and bias get gradients of zero. */
function withoutElements(layer: BatchNorm, x: ValueId, lowering: Lowering): ValueId {
  const { builder } = lowering;
  const scalar = (tensor: Tensor): ValueId => builder.reduceSum(lowering.read(tensor), [0]);
  const [weight, bias] = affine(layer);
  const scaled = weight ? builder.mul(x, scalar(weight)) : x;
  return bias ? builder.add(scaled, scalar(bias)) : scaled;
}

/** Normalises by the batch's own statistics, and moves the running ones where the layer keeps them. */
function byBatch(
  layer: BatchNorm,
  path: string,
  x: ValueId,
  weight: ValueId | null,
  lowering: Lowering,
): ValueId {
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
    move(layer, path, mean, unbiased, lowering);
  }
  return builder.standardize(x, centred, spreadOf(layer, variance, shape, lowering), weight);
}

function byRunningStatistics(
  layer: BatchNorm,
  x: ValueId,
  weight: ValueId | null,
  lowering: Lowering,
): ValueId {
  const { builder } = lowering;
  const shape = builder.shapeOf(x);
  const [mean, variance] = ['running_mean', 'running_var'].map((name) =>
    lowering.read(layer.buffers.get(name)!),
  );
  const centred = builder.sub(x, builder.reshape(mean, channelShape(shape)));
  const normalised = builder.div(centred, spreadOf(layer, variance, shape, lowering));
  return weight === null ? normalised : builder.mul(normalised, weight);
}

function spreadOf(layer: BatchNorm, variance: ValueId, input: Shape, { builder }: Lowering): ValueId {
  const spread = builder.sqrt(builder.add(variance, builder.scalar(layer.eps)));
  return builder.reshape(spread, channelShape(input));
}

/** running = (1 - factor) * running + factor * of this batch */
function move(layer: BatchNorm, path: string, mean: ValueId, unbiased: ValueId, lowering: Lowering): void {
  const { builder } = lowering;
  const factor = builder.input(names.factor(path), []);
  const rest = builder.sub(builder.scalar(1), factor);
  for (const [name, value] of [
    ['running_mean', mean],
    ['running_var', unbiased],
  ] as const) {
    const buffer = layer.buffers.get(name)!;
    const kept = builder.mul(rest, lowering.read(buffer));
    lowering.move(buffer, builder.add(builder.mul(factor, value), kept));
  }
}

function affine({ parameters }: BatchNorm): readonly (Tensor | null | undefined)[] {
  return [parameters.get('weight'), parameters.get('bias')];
}

/** Shape in which (C) broadcasts over (N, C, ...). */
function channelShape(input: Shape): Shape {
  return [input[1], ...input.slice(2).map(() => 1)];
}
