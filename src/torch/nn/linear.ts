/** `torch.nn.Linear` and `torch.nn.Identity` (torch/nn/modules/linear.py). */
import { type DType, dtypes } from '../dtype';
import { PythonError } from '../errors';
import type { Generator } from '../random/generator';
import { sizes } from '../sizes';
import type { Shape } from '../tensor';
import type { Warn } from '../warnings';
import { kaimingUniform, uniformByFanIn } from './init';
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

  /** Draws weight (out_features x in_features), then bias (out_features). Raises what makes no tensor of that shape. */
  static create(args: BoundArguments, generator: Generator, warn: Warn): Linear {
    const layer = new this();
    const given = ['out_features', 'in_features'].map((name) => args.get(name) ?? null);
    const [outFeatures, inFeatures] = sizes('empty', given);
    layer.attributes.set('in_features', given[1]);
    layer.attributes.set('out_features', given[0]);
    layer.parameters.set('weight', kaimingUniform(generator, [outFeatures, inFeatures], inFeatures, warn));
    layer.parameters.set(
      'bias',
      args.get('bias') ? uniformByFanIn(generator, [outFeatures], inFeatures) : null,
    );
    return layer;
  }

  /**
   * Raises RuntimeError when the last axis is not in_features, or for another dtype than the weight's: in the words of
   * addmm, which looks at dtypes first, or of mm where there is no bias (ATen/native/LinearAlgebra.cpp).
   */
  override outputShape(input: Shape, dtype: DType = 'float32'): Shape {
    const weight = this.requireTensor(this.parameters, 'weight');
    const [outFeatures, inFeatures] = weight.shape;
    if (input.length === 0) {
      throw new PythonError(
        'RuntimeError',
        'both arguments to linear need to be at least 1D, but they are 0D and 2D',
      );
    }
    if (this.parameters.get('bias') && dtype !== weight.dtype) {
      throw new PythonError(
        'RuntimeError',
        `mat1 and mat2 must have the same dtype, but got ${dtypes[dtype].scalarType} and ${dtypes[weight.dtype].scalarType}`,
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
    if (dtype !== weight.dtype) {
      throw new PythonError(
        'RuntimeError',
        `expected m1 and m2 to have the same dtype, but got: ${dtypes[dtype].cppType} != ${dtypes[weight.dtype].cppType}`,
      );
    }
    return [...input.slice(0, -1), outFeatures];
  }

  override extraRepr(): string {
    const bias = this.parameters.get('bias') ? 'True' : 'False';
    const [inFeatures, outFeatures] = ['in_features', 'out_features'].map((name) => this.formatted(name));
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
