/** What an expression of a recorded case may be: the product's Python values, and things that Python can name, call or iterate. */

import type { Node } from '../../../src/torch/autograd/node';
import type { IncompatibleKeys } from '../../../src/torch/nn/load-state-dict';
import { Module } from '../../../src/torch/nn/module';
import type { CallArguments } from '../../../src/torch/nn/signature';
import type { Optimizer } from '../../../src/torch/optim/optimizer';
import {
  PyBytes,
  PyComplex,
  PyDevice,
  PyDict,
  PyDType,
  PyFloat,
  PyGlobal,
  PyObject,
  PySet,
  PySize,
  PyTuple,
  type PyValue,
} from '../../../src/torch/python/values';
import { Storage, Tensor } from '../../../src/torch/tensor';
import { NotExpressible } from './syntax';

export type Value =
  | PyValue
  | Callable
  | Namespace
  | Optimizer
  | IncompatibleKeys
  | DictView
  | Generated
  | TypeOf
  | ClassDefinition
  | Context
  | Node
  | Value[];

export interface Call {
  readonly args: readonly Value[];
  readonly kwargs: ReadonlyMap<string, Value>;
}

/** A function or constructor of the product, under its Python name. */
export class Callable {
  readonly call: (call: Call) => Value | Promise<Value>;
  /** How a message names it, where one does: `torch.relu`. */
  readonly global: PyGlobal | null;
  constructor(call: (call: Call) => Value | Promise<Value>, global: PyGlobal | null = null) {
    this.call = call;
    this.global = global;
  }
}

/** A module or package: `torch`, `nn`. */
export class Namespace {
  readonly name: string;
  readonly members: ReadonlyMap<string, Value>;
  constructor(name: string, members: Iterable<readonly [string, Value]>) {
    this.name = name;
    this.members = new Map(members);
  }
}

/** `d.keys()`, `d.values()` or `d.items()` of an OrderedDict. */
export class DictView {
  readonly kind: string;
  readonly items: readonly PyValue[];
  constructor(kind: string, items: readonly PyValue[]) {
    this.kind = kind;
    this.items = items;
  }
}

/** What a generator function gives; `name` is the function's. */
export class Generated {
  readonly name: string;
  readonly items: readonly Value[];
  constructor(name: string, items: readonly Value[]) {
    this.name = name;
    this.items = items;
  }
}

/** `type(value)` */
export class TypeOf {
  /** With its module, where that is not builtins. */
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** `class Net(nn.Module)` with what its `__init__` does, if it has one. */
export class ClassDefinition {
  readonly name: string;
  readonly build: (call: Call) => Promise<Value>;
  constructor(name: string, build: (call: Call) => Promise<Value>) {
    this.name = name;
    this.build = build;
  }
}

/** A context manager: entering it gives how to leave. */
export class Context {
  readonly enter: () => () => void;
  constructor(enter: () => () => void) {
    this.enter = enter;
  }
}

const plain = [
  PyBytes,
  PyComplex,
  PyDevice,
  PyDict,
  PyDType,
  PyFloat,
  PyGlobal,
  PyObject,
  PySet,
  PySize,
  PyTuple,
  Storage,
  Tensor,
  Module,
];

/** The value as the product's own functions take it. Throws NotExpressible for what they have no type for. */
export function asPy(value: Value): PyValue {
  if (Array.isArray(value)) return value.map(asPy);
  // Inside a dict it is only ever gone through: a group's `params`.
  if (value instanceof Generated) return value.items.map(asPy);
  if (value instanceof Callable && value.global) return value.global;
  if (value === null || typeof value !== 'object') return value;
  if (plain.some((cls) => value instanceof cls)) return value as PyValue;
  throw new NotExpressible(`${value.constructor.name} as a value`);
}

/** The call as the product binds it. */
export function asPyCall({ args, kwargs }: Call): CallArguments {
  return { args: args.map(asPy), kwargs: new Map([...kwargs].map(([name, value]) => [name, asPy(value)])) };
}

/** What a `for` goes through. */
export function itemsOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value;
  if (value instanceof PyTuple || value instanceof DictView || value instanceof Generated) return value.items;
  if (value instanceof PyDict) return [...value.keys()];
  if (value instanceof PySize) return value.shape;
  throw new NotExpressible('going through this value');
}
