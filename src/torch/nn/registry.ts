/** The closed table of layers this program knows: by name in a call (`nn.Linear`) and by class path in a file. */
import type { Generator } from '../random/generator';
import { GELU, LeakyReLU, LogSoftmax, ReLU, Sigmoid, Softmax, Tanh } from './activation';
import { BatchNorm1d, BatchNorm2d } from './batchnorm';
import { BCEWithLogitsLoss } from './bce-with-logits-loss';
import { ModuleList, Sequential } from './container';
import { Conv1d, Conv2d } from './conv';
import { CrossEntropyLoss } from './cross-entropy-loss';
import { Dropout, Dropout2d } from './dropout';
import { Flatten } from './flatten';
import { Identity, Linear } from './linear';
import type { Loss } from './loss';
import type { Module } from './module';
import { MSELoss } from './mse-loss';
import { LayerNorm } from './normalization';
import { AdaptiveAvgPool2d, AvgPool2d, MaxPool2d } from './pooling';
import { type BoundArguments, bind, type CallArguments, type ParameterSpec } from './signature';
import { Embedding } from './sparse';

/** A layer class as a value. */
export interface LayerClass {
  readonly kind: string;
  readonly signature: readonly ParameterSpec[];
  /** The base class that defines `__init__`, where that is not the class itself: CPython names it in a TypeError. */
  readonly initOwner?: string;
  /** Runs `__init__`, drawing parameters from `generator`. */
  create(args: BoundArguments, generator: Generator): Module;
  /** An empty instance, as `__new__` gives it to the unpickler: `__init__` is not run on load. */
  new (): Module;
}

const layers: readonly LayerClass[] = [
  Linear,
  Identity,
  Conv1d,
  Conv2d,
  BatchNorm1d,
  BatchNorm2d,
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
];

/** A loss class as a value. */
export interface LossClass extends LayerClass {
  create(args: BoundArguments, generator: Generator): Loss;
  new (): Loss;
}

const losses: readonly LossClass[] = [CrossEntropyLoss, MSELoss, BCEWithLogitsLoss];

export const lossClasses: ReadonlyMap<string, LossClass> = new Map(losses.map((cls) => [cls.kind, cls]));

export const layerClasses: ReadonlyMap<string, LayerClass> = new Map(layers.map((cls) => [cls.kind, cls]));

/** Every class of `torch.nn` an unpickler may name, under `module.qualname`. */
export const classesByPath: ReadonlyMap<string, new () => Module> = new Map(
  [...layers, ...losses, Sequential, ModuleList].map((cls) => {
    const { moduleName, className } = new cls();
    return [`${moduleName}.${className}`, cls as new () => Module];
  }),
);

/** `nn.Kind(*args, **kwargs)`. Raises TypeError when the arguments do not fit the signature. */
export function createLayer(cls: LayerClass, call: CallArguments, generator: Generator): Module {
  return cls.create(boundTo(cls, call), generator);
}

/** `nn.KindLoss(*args, **kwargs)`. Raises TypeError when the arguments do not fit the signature. */
export function createLoss(cls: LossClass, call: CallArguments, generator: Generator): Loss {
  return cls.create(boundTo(cls, call), generator);
}

function boundTo(cls: LayerClass, call: CallArguments): BoundArguments {
  return bind(cls.initOwner ?? cls.kind, cls.signature, call);
}
