/** A layer class as a value, and the call that makes an instance. */
import type { Generator } from '../random/generator';
import type { Loss } from './loss';
import type { Module } from './module';
import { type BoundArguments, bind, type CallArguments, type ParameterSpec } from './signature';

export interface LayerClass {
  readonly kind: string;
  readonly signature: readonly ParameterSpec[];
  /** The base class that defines `__init__`, where that is not the class itself: CPython names it in a TypeError. */
  readonly initOwner?: string;
  /** What an `__init__(*args, **kwargs)` calls that base class with. */
  readonly passesOn?: ((call: CallArguments) => CallArguments) | undefined;
  /** Runs `__init__`, drawing parameters from `generator`. */
  create(args: BoundArguments, generator: Generator): Module;
  /** An empty instance, as `__new__` gives it to the unpickler: `__init__` is not run on load. */
  new (): Module;
}

/** A loss class as a value. */
export interface LossClass extends LayerClass {
  create(args: BoundArguments, generator: Generator): Loss;
  new (): Loss;
}

/** `nn.Kind(*args, **kwargs)`. Raises TypeError when the arguments do not fit the signature. */
export function createLayer(cls: LayerClass, call: CallArguments, generator: Generator): Module {
  return cls.create(boundTo(cls, call), generator);
}

/** `nn.KindLoss(*args, **kwargs)`. Raises TypeError when the arguments do not fit the signature. */
export function createLoss(cls: LossClass, call: CallArguments, generator: Generator): Loss {
  return cls.create(boundTo(cls, call), generator);
}

function boundTo(cls: LayerClass, call: CallArguments): BoundArguments {
  return bind(cls.initOwner ?? cls.kind, cls.signature, cls.passesOn ? cls.passesOn(call) : call);
}
