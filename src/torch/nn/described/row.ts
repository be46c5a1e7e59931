/**
 * Classes of torch.nn as rows of a table: what their instances hold, draw and print, and how files hold them. The engine
 * computes none of these, so no shapes are inferred.
 */
import { NotBuilt } from '../../errors';
import type { Generator } from '../../random/generator';
import type { Shape } from '../../tensor';
import type { Warn } from '../../warnings';
import { extraRepr, type Part } from '../extra-repr';
import type { LayerClass } from '../layer-class';
import { Module } from '../module';
import type { BoundArguments, CallArguments, ParameterSpec } from '../signature';
import { parseSignature } from '../signature-text';
import { Construction } from './construction';

export interface Row {
  /** Name of the class. */
  readonly kind: string;
  /** Parameters of `__init__` in Python: `alpha=1.0, inplace=False`. */
  readonly signature: string;
  /** The base class that defines `__init__`, where it is not the class itself. */
  readonly initOwner?: string;
  /** What `__init__` calls its base class with; the signature is the base class's then. */
  readonly passesOn?: (call: CallArguments) => CallArguments;
  /** What `__init__` does; by default each argument becomes the attribute of its name. */
  readonly init?: (self: Construction) => void;
  /** Arguments that are attributes before `super().__init__()`. */
  readonly early?: readonly string[];
  /** What `extra_repr` joins with commas. */
  readonly repr?: readonly Part[];
  /** `_version` */
  readonly version?: number;
  /** What `__setstate__` adds to the state of an older torch. */
  readonly completeState?: (layer: Module) => void;
}

/** No shape is inferred for this layer: it is known by what it holds, not by what it computes. */
export class UnknownShape extends NotBuilt {}

export abstract class Described extends Module {
  readonly className: string;
  readonly moduleName: string;
  private readonly row: Row;

  constructor(moduleName: string, row: Row) {
    super();
    this.moduleName = moduleName;
    this.row = row;
    this.className = row.kind;
    for (const name of row.early ?? []) this.earlyAttributes.add(name);
  }

  override get version(): number {
    return this.row.version ?? 1;
  }

  override completeState(): void {
    this.row.completeState?.(this);
  }

  /** Throws UnknownShape. */
  override outputShape(_input: Shape): Shape {
    throw new UnknownShape(`no shape is inferred for nn.${this.className}`);
  }

  override extraRepr(): string {
    return extraRepr(this, this.row.repr ?? []);
  }
}

/** The class of a row that Python defines in this module. */
export function described(moduleName: string, row: Row): LayerClass {
  let signature: readonly ParameterSpec[] | undefined;
  return class extends Described {
    static readonly kind = row.kind;
    static readonly initOwner = row.initOwner ?? row.kind;
    static readonly passesOn = row.passesOn;

    static get signature(): readonly ParameterSpec[] {
      signature ??= parseSignature(row.signature);
      return signature;
    }

    constructor() {
      super(moduleName, row);
    }

    static create(args: BoundArguments, generator: Generator, warn: Warn): Module {
      const layer = new this();
      const self = new Construction(layer, args, generator, warn);
      if (row.init) row.init(self);
      else self.keep();
      return layer;
    }
  };
}
