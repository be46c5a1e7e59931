/** The table of layers the engine computes. */
import { NotBuilt } from '../../../torch/errors';
import { GELU, LeakyReLU, LogSoftmax, ReLU, Sigmoid, Softmax, Tanh } from '../../../torch/nn/activation';
import { AdaptiveAvgPool2d } from '../../../torch/nn/adaptive-pooling';
import { BatchNorm1d, BatchNorm2d } from '../../../torch/nn/batchnorm';
import { Conv2d } from '../../../torch/nn/conv';
import { Dropout, Dropout2d } from '../../../torch/nn/dropout';
import { Flatten } from '../../../torch/nn/flatten';
import { Identity, Linear } from '../../../torch/nn/linear';
import type { Module } from '../../../torch/nn/module';
import { LayerNorm } from '../../../torch/nn/normalization';
import { AvgPool2d, MaxPool2d } from '../../../torch/nn/pooling';
import { adaptiveAvgPool2d } from './adaptive-avg-pool2d';
import { avgPool2d } from './avg-pool2d';
import { batchnorm } from './batchnorm';
import { conv2d } from './conv2d';
import { dropout } from './dropout';
import { flatten } from './flatten';
import { gelu } from './gelu';
import { identity } from './identity';
import { layernorm } from './layernorm';
import { leakyRelu } from './leaky-relu';
import { linear } from './linear';
import { maxPool2d } from './max-pool2d';
import { relu } from './relu';
import type { LayerRule } from './rule';
import { sigmoid } from './sigmoid';
import { logSoftmax, softmax } from './softmax';
import { tanh } from './tanh';

type Row = readonly [new () => Module, LayerRule];

/** Ties a rule to the class whose instances it is given. */
function row<M extends Module>(cls: new () => M, rule: LayerRule<M>): Row {
  return [cls, rule as unknown as LayerRule];
}

const rules: readonly Row[] = [
  row(Linear, linear),
  row(Identity, identity),
  row(Conv2d, conv2d),
  row(BatchNorm1d, batchnorm),
  row(BatchNorm2d, batchnorm),
  row(LayerNorm, layernorm),
  row(Dropout, dropout),
  row(Dropout2d, dropout),
  row(ReLU, relu),
  row(LeakyReLU, leakyRelu),
  row(Sigmoid, sigmoid),
  row(Tanh, tanh),
  row(GELU, gelu),
  row(Softmax, softmax),
  row(LogSoftmax, logSoftmax),
  row(MaxPool2d, maxPool2d),
  row(AvgPool2d, avgPool2d),
  row(AdaptiveAvgPool2d, adaptiveAvgPool2d),
  row(Flatten, flatten),
];

/** Throws for a layer the engine has no rule for. */
export function ruleOf(module: Module): LayerRule {
  const found = rules.find(([cls]) => module instanceof cls);
  if (!found) throw new NotBuilt(`the engine does not compute ${module.className}`);
  return found[1];
}
