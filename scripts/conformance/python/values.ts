/** What an expression of a recorded case may be: the product's Python values, and things that Python can name, call or iterate. */
import type { IncompatibleKeys } from '../../../src/torch/nn/load-state-dict';
import { Module } from '../../../src/torch/nn/module';
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
  | Unit
  | Value[];

export interface Call {
  readonly args: readonly Value[];
  readonly kwargs: ReadonlyMap<string, Value>;
}

/** A function or constructor of the product, under its Python name. */
export class Callable {
  readonly call: (call: Call) => Value | Promise<Value>;
  constructor(call: (call: Call) => Value | Promise<Value>) {
    this.call = call;
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

/** A context manager that turns something off. */
export class Unit {
  readonly name: 'no_grad';
  constructor(name: 'no_grad') {
    this.name = name;
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
  if (value === null || typeof value !== 'object') return value;
  if (plain.some((cls) => value instanceof cls)) return value as PyValue;
  throw new NotExpressible(`${value.constructor.name} as a value`);
}

/** What a `for` goes through. */
export function itemsOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value;
  if (value instanceof PyTuple || value instanceof DictView || value instanceof Generated) return value.items;
  if (value instanceof PyDict) return [...value.keys()];
  if (value instanceof PySize) return value.shape;
  throw new NotExpressible('going through this value');
}
