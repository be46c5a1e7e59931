/** `torch.nn.Linear` and `torch.nn.Identity` (torch/nn/modules/linear.py). */
import { PythonError } from '../errors';
import { pyRepr } from '../python/repr';
import { toNumber } from '../python/values';
import type { Generator } from '../random/generator';
import type { Shape } from '../tensor';
import { uniformByFanIn } from './init';
import { Module } from './module';
import { type BoundArguments, type CallArguments, deviceAndDtype, type ParameterSpec } from './signature';

/** `y = x W^T + b`: (..., in_features) -> (..., out_features). */
export class Linear extends Module {
  static readonly kind: string = 'Linear';
  static readonly signature: readonly ParameterSpec[] = [
    { name: 'in_features' },
    { name: 'out_features' },
    { name: 'bias', default: true },
    ...deviceAndDtype,
  ];
  override readonly className: string = Linear.kind;
  override readonly moduleName = 'torch.nn.modules.linear';

  /** Draws weight (out_features x in_features), then bias (out_features). */
  static create(args: BoundArguments, generator: Generator): Linear {
    const layer = new this();
    const inFeatures = toNumber(args.get('in_features') ?? null);
    const outFeatures = toNumber(args.get('out_features') ?? null);
    layer.attributes.set('in_features', inFeatures);
    layer.attributes.set('out_features', outFeatures);
    layer.parameters.set('weight', uniformByFanIn(generator, [outFeatures, inFeatures], inFeatures));
    layer.parameters.set(
      'bias',
      args.get('bias') ? uniformByFanIn(generator, [outFeatures], inFeatures) : null,
    );
    return layer;
  }

  /** Raises RuntimeError in addmm's words (ATen/native/LinearAlgebra.cpp) when the last axis is not in_features. */
  override outputShape(input: Shape): Shape {
    const [outFeatures, inFeatures] = this.requireTensor(this.parameters, 'weight').shape;
    if (input.length === 0) {
      throw new PythonError(
        'RuntimeError',
        'both arguments to linear need to be at least 1D, but they are 0D and 2D',
      );
    }
    const rows = input.slice(0, -1).reduce((n, d) => n * d, 1);
    const last = input[input.length - 1];
    if (last !== inFeatures) {
      throw new PythonError(
        'RuntimeError',
        `mat1 and mat2 shapes cannot be multiplied (${rows}x${last} and ${inFeatures}x${outFeatures})`,
      );
    }
    return [...input.slice(0, -1), outFeatures];
  }

  override extraRepr(): string {
    const bias = this.parameters.get('bias') ? 'True' : 'False';
    const [inFeatures, outFeatures] = ['in_features', 'out_features'].map((name) =>
      pyRepr(this.attribute(name)),
    );
    return `in_features=${inFeatures}, out_features=${outFeatures}, bias=${bias}`;
  }
}

/** Gives back its input; takes and ignores any arguments. */
export class Identity extends Module {
  static readonly kind = 'Identity';
  static readonly signature: readonly ParameterSpec[] = [];
  static readonly passesOn = (): CallArguments => ({ args: [], kwargs: new Map() });
  override readonly className = Identity.kind;
  override readonly moduleName = 'torch.nn.modules.linear';

  static create(_args: BoundArguments, _generator: Generator): Identity {
    return new Identity();
  }

  override outputShape(input: Shape): Shape {
    return input;
  }
}
