/** What a layer's call records: the node of its last function, and what the backward of all of them reads. */

import { isFloating } from '../dtype';
import { NotBuilt } from '../errors';
import { AdaptiveAvgPool2d } from '../nn/adaptive-pooling';
import type { BCEWithLogitsLoss } from '../nn/bce-with-logits-loss';
import { CrossEntropyLoss } from '../nn/cross-entropy-loss';
import type { Loss } from '../nn/loss';
import type { Module } from '../nn/module';
import { numelOf, type Tensor } from '../tensor';
import type { Saved } from './node';
import { saved, savedResult, savedView } from './record';

export interface LayerRecording {
  readonly name: string;
  readonly saves: readonly Saved[];
  /** Whether it keeps values of its own: noise, indices, statistics. */
  readonly holds?: boolean;
  /** Parameters that no gradient flows to, though they ask for one. */
  readonly without?: readonly Tensor[];
}

type Recorder = (layer: Module, input: Tensor, result: Tensor) => LayerRecording;

const ofResult =
  (name: string): Recorder =>
  (_layer, _input, result) => ({ name, saves: [savedResult(result, name)] });

const ofInput =
  (name: string, holds = false): Recorder =>
  (_layer, input) => ({ name, saves: [saved(input)], holds });

const recorders: Readonly<Record<string, Recorder>> = {
  Linear: linear,
  Conv1d: convolution,
  Conv2d: convolution,
  BatchNorm1d: batchNorm,
  BatchNorm2d: batchNorm,
  LayerNorm: (layer, input) => ({
    name: 'NativeLayerNormBackward0',
    saves: [saved(input), ...tensorsOf(layer, 'weight', 'bias').map(saved)],
    holds: true,
  }),
  Dropout: () => ({ name: 'MulBackward0', saves: [], holds: true }),
  Dropout2d: () => ({ name: 'MulBackward0', saves: [], holds: true }),
  ReLU: ofResult('ReluBackward0'),
  Sigmoid: ofResult('SigmoidBackward0'),
  Tanh: ofResult('TanhBackward0'),
  Softmax: ofResult('SoftmaxBackward0'),
  LogSoftmax: ofResult('LogSoftmaxBackward0'),
  LeakyReLU: (layer, input, result) =>
    (input === result ? ofResult : ofInput)('LeakyReluBackward0')(layer, input, result),
  GELU: ofInput('GeluBackward0'),
  MaxPool2d: ofInput('MaxPool2DWithIndicesBackward0', true),
  AvgPool2d: ofInput('AvgPool2DBackward0'),
  AdaptiveAvgPool2d: (layer, input, result) =>
    layer instanceof AdaptiveAvgPool2d && numelOf(result.shape.slice(-2)) === 1
      ? { name: 'MeanBackward1', saves: [] }
      : ofInput('AdaptiveAvgPool2DBackward0')(layer, input, result),
  Embedding: ofInput('EmbeddingBackward0'),
};

/** Throws NotBuilt for a layer whose functions are not known here. */
export function layerRecording(layer: Module, input: Tensor, result: Tensor): LayerRecording {
  const recorder = recorders[layer.className];
  if (!recorder) throw new NotBuilt(`the graph of ${layer.className}`);
  return recorder(layer, input, result);
}

/** addmm or mm, on rows made of all axes but the last (ATen/native/Linear.cpp). */
function linear(layer: Module, input: Tensor): LayerRecording {
  const [weight] = tensorsOf(layer, 'weight');
  const bias = Boolean(layer.parameters.get('bias'));
  const { shape } = input;
  const isMatrix = shape.length === 2;
  const rows = numelOf(shape.slice(0, -1));
  const views = bias ? 'ViewBackward0' : shape.length === 1 ? 'SqueezeBackward4' : 'UnsafeViewBackward0';
  return {
    name: isMatrix ? (bias ? 'AddmmBackward0' : 'MmBackward0') : views,
    saves: [
      ...(weight.requiresGrad && !weight.inference
        ? [isMatrix ? saved(input) : savedView(input, [rows, shape[shape.length - 1]])]
        : []),
      ...(input.requiresGrad ? [savedView(weight, [...weight.shape].reverse())] : []),
    ],
    // The weight enters as a view, and that of an inference tensor has no history.
    without: weight.inference ? [weight] : [],
  };
}

function convolution(layer: Module, input: Tensor): LayerRecording {
  const [weight] = tensorsOf(layer, 'weight');
  const batched = input.shape.length === weight.shape.length;
  return {
    name: batched ? 'ConvolutionBackward0' : 'SqueezeBackward1',
    saves: [batched ? saved(input) : savedView(input, [1, ...input.shape]), saved(weight)],
  };
}

/** Without elements it is input * weight + bias (ATen/native/Normalization.cpp, _batch_norm_impl_index). */
function batchNorm(layer: Module, input: Tensor): LayerRecording {
  const weight = tensorsOf(layer, 'weight');
  if (input.numel === 0) return { name: emptyBatchNorm(layer), saves: [saved(input)] };
  return { name: 'NativeBatchNormBackward0', saves: [input, ...weight].map(saved), holds: true };
}

function emptyBatchNorm({ parameters }: Module): string {
  if (parameters.get('bias')) return 'AddBackward0';
  return parameters.get('weight') ? 'MulBackward0' : 'CloneBackward0';
}

function tensorsOf(layer: Module, ...names: readonly string[]): Tensor[] {
  return names.flatMap((name) => layer.parameters.get(name) ?? []);
}

/** What `criterion(input, target)` records (torch/nn/functional.py; ATen/native/LossNLL.cpp). */
export function lossRecording(loss: Loss, input: Tensor, target: Tensor): LayerRecording {
  if (loss instanceof CrossEntropyLoss) return crossEntropy(loss, input, target);
  const given = ['weight', 'pos_weight'].flatMap(
    (name) => (loss as BCEWithLogitsLoss).buffers.get(name) ?? [],
  );
  return {
    name: loss.className === 'MSELoss' ? 'MseLossBackward0' : 'BinaryCrossEntropyWithLogitsBackward0',
    saves: [input, target, ...given].map(saved),
  };
}

function crossEntropy(loss: CrossEntropyLoss, input: Tensor, target: Tensor): LayerRecording {
  if (loss.takesProbabilities(input.shape, target) && isFloating(target.dtype)) {
    return {
      name: loss.reduction === 'mean' ? 'DivBackward1' : 'NegBackward0',
      saves: [saved(target)],
      holds: true,
    };
  }
  const rank = input.shape.length;
  const plain =
    rank <= 2
      ? 'NllLossBackward0'
      : rank !== 4 && loss.reduction === 'none'
        ? 'ViewBackward0'
        : 'NllLoss2DBackward0';
  return { name: loss.labelSmoothing > 0 ? 'AddBackward0' : plain, saves: [saved(target)], holds: true };
}
