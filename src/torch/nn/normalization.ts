/** `torch.nn.LayerNorm` (torch/nn/modules/normalization.py). */
import { PythonError } from '../errors';
import { pyRepr } from '../python/repr';
import { PyFloat } from '../python/values';
import type { Generator } from '../random/generator';
import { Parameter, type Shape } from '../tensor';
import { filled } from './init';
import { Module } from './module';
import { type BoundArguments, deviceAndDtype, type ParameterSpec } from './signature';
import { ntuple, sizes } from './tuples';

/** Normalises over the last axes, whose sizes are normalized_shape; same shape out. */
export class LayerNorm extends Module {
  static readonly kind = 'LayerNorm';
  static readonly signature: readonly ParameterSpec[] = [
    { name: 'normalized_shape' },
    { name: 'eps', default: new PyFloat(1e-5) },
    { name: 'elementwise_affine', default: true },
    { name: 'bias', default: true },
    ...deviceAndDtype,
  ];
  override readonly className = LayerNorm.kind;
  override readonly moduleName = 'torch.nn.modules.normalization';

  static create(args: BoundArguments, _generator: Generator): LayerNorm {
    const layer = new LayerNorm();
    const shape = ntuple(args.get('normalized_shape') ?? null, 1);
    layer.attributes.set('normalized_shape', shape);
    for (const name of ['eps', 'elementwise_affine']) layer.attributes.set(name, args.get(name) ?? null);
    const affine = Boolean(args.get('elementwise_affine'));
    const dims = sizes(shape, 1);
    layer.parameters.set('weight', affine ? new Parameter(filled(dims, 1)) : null);
    layer.parameters.set('bias', affine && args.get('bias') ? new Parameter(filled(dims, 0)) : null);
    return layer;
  }

  get normalizedShape(): Shape {
    return sizes(this.attribute('normalized_shape'), 1);
  }

  get eps(): number {
    return this.numberAttribute('eps');
  }

  /** Raises RuntimeError where the last axes differ (ATen/native/layer_norm.h). */
  override outputShape(input: Shape): Shape {
    const shape = this.normalizedShape;
    if (shape.length === 0) {
      throw new PythonError(
        'RuntimeError',
        'Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, ' +
          'but got normalized_shape = []',
      );
    }
    if (input.length < shape.length || input.slice(-shape.length).some((size, i) => size !== shape[i])) {
      throw new PythonError(
        'RuntimeError',
        `Given normalized_shape=[${shape.join(', ')}], expected input with shape [*, ${shape.join(', ')}], ` +
          `but got input of size[${input.join(', ')}]`,
      );
    }
    return input;
  }

  override extraRepr(): string {
    const show = (name: string): string => pyRepr(this.attribute(name));
    const bias = this.parameters.get('bias') ? 'True' : 'False';
    return `${show('normalized_shape')}, eps=${show('eps')}, elementwise_affine=${show('elementwise_affine')}, bias=${bias}`;
  }
}
