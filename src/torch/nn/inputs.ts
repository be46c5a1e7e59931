/** What a layer or loss says of an argument that is no tensor, or that stands on another device. */
import { checkSameDevice } from '../device';
import { NotBuilt, type PythonError } from '../errors';
import { argumentError, noAttribute } from '../python/arguments';
import type { PyValue } from '../python/values';
import type { Tensor } from '../tensor';
import { Conv } from './conv';
import { invalidCombination } from './conv-arguments';
import { CrossEntropyLoss } from './cross-entropy-loss';
import type { Loss } from './loss';
import type { Module } from './module';

/** Layers that hand their input to a function of torch at once, by the function. */
const functions: Readonly<Record<string, string>> = {
  Linear: 'linear',
  ReLU: 'relu',
  LeakyReLU: 'leaky_relu',
  GELU: 'gelu',
  Sigmoid: 'sigmoid',
  Tanh: 'tanh',
  Dropout: 'dropout',
  LayerNorm: 'layer_norm',
  MaxPool2d: 'max_pool2d',
  AvgPool2d: 'avg_pool2d',
};

/** Layers that ask their input for something first, by what they ask for. */
const asked: Readonly<Record<string, string>> = {
  BatchNorm1d: 'dim',
  BatchNorm2d: 'dim',
  BatchNorm3d: 'dim',
  Dropout2d: 'dim',
  AdaptiveAvgPool2d: 'size',
  Flatten: 'flatten',
  Softmax: 'softmax',
  LogSoftmax: 'log_softmax',
};

/** What `layer(value)` raises. */
export function inputError(layer: Module, value: PyValue): PythonError {
  const { className: name } = layer;
  if (layer instanceof Conv) return convError(layer, value);
  if (name === 'Embedding') return argumentError('embedding', 'indices', 2, 'Tensor', value);
  if (Object.hasOwn(functions, name)) return argumentError(functions[name], 'input', 1, 'Tensor', value);
  if (!Object.hasOwn(asked, name)) throw new NotBuilt(`${name} of what is no tensor`);
  // Without a dim, the number of axes is asked for.
  return noAttribute(value, layer.attributes.get('dim') === null ? 'dim' : asked[name]);
}

function convError(layer: Conv, value: PyValue): PythonError {
  if (layer.attribute('padding_mode') !== 'zeros') return argumentError('pad', 'input', 1, 'Tensor', value);
  return invalidCombination(layer.functionName, value, layer.functionArguments);
}

/** What `criterion(input, target)` raises where one of them is no tensor. */
export function lossArgumentError(
  loss: Loss,
  input: PyValue,
  target: PyValue,
  isTensor: boolean,
): PythonError {
  if (!(loss instanceof CrossEntropyLoss)) return noAttribute(isTensor ? target : input, 'size');
  void loss.reduction;
  return isTensor
    ? argumentError('cross_entropy_loss', 'target', 2, 'Tensor', target)
    : argumentError('cross_entropy_loss', 'input', 1, 'Tensor', input);
}

/** Raises RuntimeError for parameters on another device than the input, in layers whose functions look. */
export function checkLayerDevice(layer: Module, input: Tensor): void {
  const tensors = [...layer.parameters.values(), ...layer.buffers.values()];
  const looks =
    layer.className === 'Linear' ? Boolean(layer.parameters.get('bias')) : /Norm/.test(layer.className);
  if (looks) checkSameDevice(input, tensors);
  if (tensors.some((tensor) => tensor && tensor.storage.location !== input.storage.location))
    throw new NotBuilt('memory without numbers read as numbers');
}

/** Raises RuntimeError for an input and a target on two devices. */
export function checkLossDevice(loss: Loss, input: Tensor, target: Tensor): void {
  // A mean squared error begins with the input, and so does what is weighed by probabilities.
  const weighed = loss instanceof CrossEntropyLoss && loss.takesProbabilities(input.shape, target);
  if (loss.className === 'MSELoss' || weighed) checkSameDevice(input, [target]);
  else checkSameDevice(target, [input]);
}
