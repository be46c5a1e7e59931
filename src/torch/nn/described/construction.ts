/** One run of an `__init__`: the instance it fills, its bound arguments, the generator it draws from. */
import { PyFloat, type PyValue, toNumber } from '../../python/values';
import type { Generator } from '../../random/generator';
import { Parameter, type Shape, Tensor } from '../../tensor';
import type { Warn } from '../../warnings';
import { filled } from '../init';
import { createLayer, type LayerClass } from '../layer-class';
import type { Module } from '../module';
import type { BoundArguments } from '../signature';

export class Construction {
  readonly layer: Module;
  readonly generator: Generator;
  readonly args: BoundArguments;

  readonly warn: Warn;

  constructor(layer: Module, args: BoundArguments, generator: Generator, warn: Warn) {
    this.layer = layer;
    this.args = args;
    this.generator = generator;
    this.warn = warn;
  }

  value(name: string): PyValue {
    return this.args.get(name) ?? null;
  }

  number(name: string): number {
    return toNumber(this.value(name));
  }

  /** `if name:` */
  flag(name: string): boolean {
    const value = this.value(name);
    return Boolean(value instanceof PyFloat ? value.value : value);
  }

  /** `self.name = name` for each, in order; all arguments where none are named. */
  keep(...names: readonly string[]): void {
    for (const name of names.length > 0 ? names : this.args.keys()) this.set(name, this.value(name));
  }

  /** `self.name = value` */
  set(name: string, value: PyValue): void {
    this.layer.attributes.set(name, value);
  }

  /** `self.name = Parameter(...)`, or `register_parameter(name, None)`. */
  parameter(name: string, parameter: Parameter | null): void {
    this.layer.parameters.set(name, parameter);
  }

  /** A normalization's `weight`, of ones. */
  ones(shape: Shape, isThere: boolean): void {
    this.parameter('weight', isThere ? new Parameter(filled(shape, 1)) : null);
  }

  /** A normalization's `bias`, of zeros. */
  zeros(shape: Shape, isThere: boolean): void {
    this.parameter('bias', isThere ? new Parameter(filled(shape, 0)) : null);
  }

  /** `self.register_buffer(name, argument)` */
  buffer(name: string): void {
    const value = this.value(name);
    this.layer.buffers.set(name, value instanceof Tensor ? value : null);
  }

  /** A module made on the way, from the same generator. */
  make(cls: LayerClass, args: readonly PyValue[], kwargs: Readonly<Record<string, PyValue>> = {}): Module {
    return createLayer(cls, { args, kwargs: new Map(Object.entries(kwargs)) }, this.generator, this.warn);
  }

  /** `self.name = module` */
  child(name: string, module: Module): void {
    this.layer.modules.set(name, module);
  }
}
