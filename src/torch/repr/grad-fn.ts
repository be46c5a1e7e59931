/**
 * Which function autograd records last when a layer or loss is called: what `grad_fn=<...>` of a printed result names
 * (torch/csrc/autograd, derivatives.yaml, and the composite functions of ATen/native).
 */
import { BatchNorm } from '../nn/batchnorm';
import { CrossEntropyLoss } from '../nn/cross-entropy-loss';
import { AnyDropout } from '../nn/dropout';
import type { Loss } from '../nn/loss';
import type { Module } from '../nn/module';
import { numelOf, type Shape, type Tensor } from '../tensor';

/** By class, where the call's shape and mode do not matter. */
const ofLayer: Readonly<Record<string, string>> = {
  AvgPool2d: 'AvgPool2DBackward0',
  GELU: 'GeluBackward0',
  LayerNorm: 'NativeLayerNormBackward0',
  LeakyReLU: 'LeakyReluBackward0',
  LogSoftmax: 'LogSoftmaxBackward0',
  MaxPool2d: 'MaxPool2DWithIndicesBackward0',
  ReLU: 'ReluBackward0',
  Sigmoid: 'SigmoidBackward0',
  Softmax: 'SoftmaxBackward0',
  Tanh: 'TanhBackward0',
};

const ofLoss: Readonly<Record<string, string>> = {
  MSELoss: 'MseLossBackward0',
  BCEWithLogitsLoss: 'BinaryCrossEntropyWithLogitsBackward0',
};

/**
 * After a call with this input; `before` is the function its input came from, `null` for an input without gradient. Gives
 * `before` where the call hands its input on, `null` where nothing wants a gradient, `undefined` for a layer that is not in
 * the table.
 */
export function gradFnAfter(layer: Module, input: Shape, before: string | null): string | null | undefined {
  if (handsOn(layer, input)) return before;
  const wantsGradient = [...layer.parameters.values()].some((parameter) => parameter?.requiresGrad);
  return before === null && !wantsGradient ? null : lastFunction(layer, input);
}

function handsOn(layer: Module, input: Shape): boolean {
  if (layer instanceof AnyDropout) return !layer.training || layer.p === 0 || numelOf(input) === 0;
  if (layer.className === 'Flatten')
    return input.length > 0 && layer.outputShape(input).length === input.length;
  return layer.className === 'Identity';
}

function lastFunction(layer: Module, input: Shape): string | undefined {
  if (layer instanceof AnyDropout) return 'MulBackward0';
  if (layer instanceof BatchNorm) return batchNorm(layer, numelOf(input) === 0);
  switch (layer.className) {
    case 'AdaptiveAvgPool2d':
      return layer
        .outputShape(input)
        .slice(-2)
        .every((size) => size === 1)
        ? 'MeanBackward1'
        : 'AdaptiveAvgPool2DBackward0';
    case 'Conv2d':
      return input.length === 4 ? 'ConvolutionBackward0' : 'SqueezeBackward1';
    case 'Flatten':
      return 'ViewBackward0';
    case 'Linear':
      return linear(Boolean(layer.parameters.get('bias')), input.length);
    default:
      return ofLayer[layer.className];
  }
}

/** ATen/native/Linear.cpp: a matrix product for rows, with a view around it for any other rank. */
function linear(hasBias: boolean, rank: number): string {
  if (hasBias) return rank === 2 ? 'AddmmBackward0' : 'ViewBackward0';
  if (rank === 1) return 'SqueezeBackward4';
  return rank === 2 ? 'MmBackward0' : 'UnsafeViewBackward0';
}

/** ATen/native/Normalization.cpp: without elements it is x * weight + bias, where there are any. */
function batchNorm({ parameters }: Module, isEmpty: boolean): string {
  if (!isEmpty) return 'NativeBatchNormBackward0';
  if (parameters.get('bias')) return 'AddBackward0';
  return parameters.get('weight') ? 'MulBackward0' : 'CloneBackward0';
}

/** Of `loss(input, target)` where the input has a gradient; `undefined` for a loss that is not in the table. */
export function gradFnOfLoss(loss: Loss, input: Shape, target: Tensor): string | undefined {
  if (!(loss instanceof CrossEntropyLoss)) return ofLoss[loss.className];
  if (loss.takesProbabilities(input, target))
    return loss.reduction === 'mean' ? 'DivBackward1' : 'NegBackward0';
  if (loss.labelSmoothing > 0) return 'AddBackward0';
  // (N, C, L) is turned into images of height one, and back where every loss is given.
  if (input.length === 3 && loss.reduction === 'none') return 'ViewBackward0';
  return input.length <= 2 ? 'NllLossBackward0' : 'NllLoss2DBackward0';
}
