/** A layer class as a value, and the call that makes an instance. */
import { checkDifferentiable } from '../autograd/leaf';
import { deviceArgument } from '../creation';
import { checkAvailable } from '../device';
import type { DType } from '../dtype';
import { NotBuilt } from '../errors';
import { argumentError } from '../python/arguments';
import { PyDType, type PyValue } from '../python/values';
import { Generator } from '../random/generator';
import { silent, type Warn } from '../warnings';
import type { Loss } from './loss';
import type { Module } from './module';
import { type BoundArguments, bind, type CallArguments, type ParameterSpec } from './signature';
import { moduleOn } from './to';

export interface LayerClass {
  readonly kind: string;
  readonly signature: readonly ParameterSpec[];
  /** The base class that defines `__init__`, where that is not the class itself: CPython names it in a TypeError. */
  readonly initOwner?: string;
  /** What an `__init__(*args, **kwargs)` calls that base class with. */
  readonly passesOn?: ((call: CallArguments) => CallArguments) | undefined;
  /** Runs `__init__`, drawing parameters from `generator`. */
  create(args: BoundArguments, generator: Generator, warn: Warn): Module;
  /** An empty instance, as `__new__` gives it to the unpickler: `__init__` is not run on load. */
  new (): Module;
}

/** A loss class as a value. */
export interface LossClass extends LayerClass {
  create(args: BoundArguments, generator: Generator, warn: Warn): Loss;
  new (): Loss;
}

/** `nn.Kind(*args, **kwargs)`. Raises TypeError when the arguments do not fit the signature. */
export function createLayer(
  cls: LayerClass,
  call: CallArguments,
  generator: Generator,
  warn: Warn = silent,
): Module {
  const args = boundTo(cls, call);
  const device = deviceArgument('empty', args.get('device') ?? null);
  checkAvailable(device);
  checkParameterType(args.get('dtype') ?? null);
  if (device.type === 'cpu') return cls.create(args, generator, warn);
  // On meta nothing is drawn.
  return moduleOn(cls.create(args, new Generator(0), warn), device);
}

/** Only float32 is drawn here. Raises TypeError for what is no dtype, RuntimeError for one that cannot have gradients. */
function checkParameterType(dtype: PyValue): void {
  if (dtype === null) return;
  if (!(dtype instanceof PyDType)) throw argumentError('empty', 'dtype', null, 'torch.dtype', dtype);
  checkDifferentiable(dtype.dtype as DType);
  if (dtype.dtype !== 'float32') throw new NotBuilt(`parameters drawn as ${dtype.dtype}`);
}

/** `nn.KindLoss(*args, **kwargs)`. Raises TypeError when the arguments do not fit the signature. */
export function createLoss(
  cls: LossClass,
  call: CallArguments,
  generator: Generator,
  warn: Warn = silent,
): Loss {
  return cls.create(boundTo(cls, call), generator, warn);
}

function boundTo(cls: LayerClass, call: CallArguments): BoundArguments {
  return bind(cls.initOwner ?? cls.kind, cls.signature, cls.passesOn ? cls.passesOn(call) : call);
}
