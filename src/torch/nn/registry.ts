/** The closed table of layers this program knows: by name in a call (`nn.Linear`) and by class path in a file. */
import { GELU, LeakyReLU, LogSoftmax, ReLU, Sigmoid, Softmax, Tanh } from './activation';
import { AdaptiveAvgPool2d } from './adaptive-pooling';
import { BatchNorm1d, BatchNorm2d, BatchNorm3d } from './batchnorm';
import { BCEWithLogitsLoss } from './bce-with-logits-loss';
import { BareModule, ModuleDict, ModuleList, Sequential } from './container';
import { Conv1d, Conv2d, Conv3d } from './conv';
import { CrossEntropyLoss } from './cross-entropy-loss';
import { DataParallel } from './data-parallel';
import { describedLayers, innerLayers } from './described';
import { Dropout, Dropout2d } from './dropout';
import { Flatten } from './flatten';
import type { LayerClass, LossClass } from './layer-class';
import { Identity, Linear } from './linear';
import type { Module } from './module';
import { MSELoss } from './mse-loss';
import { LayerNorm } from './normalization';
import { ParameterDict, ParameterList } from './parameter-container';
import { AvgPool2d, MaxPool2d } from './pooling';
import { Embedding } from './sparse';

const layers: readonly LayerClass[] = [
  Linear,
  Identity,
  Conv1d,
  Conv2d,
  Conv3d,
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  LayerNorm,
  Dropout,
  Dropout2d,
  ReLU,
  LeakyReLU,
  Sigmoid,
  Tanh,
  GELU,
  Softmax,
  LogSoftmax,
  MaxPool2d,
  AvgPool2d,
  AdaptiveAvgPool2d,
  Flatten,
  Embedding,
  ...describedLayers,
];

/** Made of modules or values, not of arguments that bind to a signature. */
const containers: readonly (new () => Module)[] = [
  BareModule,
  Sequential,
  ModuleList,
  ModuleDict,
  ParameterList,
  ParameterDict,
  DataParallel,
];

const losses: readonly LossClass[] = [CrossEntropyLoss, MSELoss, BCEWithLogitsLoss];

export const lossClasses: ReadonlyMap<string, LossClass> = new Map(losses.map((cls) => [cls.kind, cls]));

export const layerClasses: ReadonlyMap<string, LayerClass> = new Map(layers.map((cls) => [cls.kind, cls]));

/** Every class of `torch.nn` an unpickler may name, under `module.qualname`. */
export const classesByPath: ReadonlyMap<string, new () => Module> = new Map(
  [...layers, ...losses, ...innerLayers, ...containers].map((cls) => {
    const { moduleName, className } = new cls();
    return [`${moduleName}.${className}`, cls];
  }),
);
