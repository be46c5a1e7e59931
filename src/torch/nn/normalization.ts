/** `torch.nn.LayerNorm` (torch/nn/modules/normalization.py). */
import { checkKernel, checkMixedTypes, isFloatingKernelType } from '../dispatch';
import type { DType } from '../dtype';
import { PythonError } from '../errors';
import { checkFloatArgument, sequenceOf } from '../python/arguments';
import { shortTypeName } from '../python/type-name';
import { isInt, PyFloat, PyTuple, type PyValue } from '../python/values';
import type { Generator } from '../random/generator';
import { sizes } from '../sizes';
import { numelOf, Parameter, type Shape } from '../tensor';
import { filled } from './init';
import { Module } from './module';
import { type BoundArguments, deviceAndDtype, type ParameterSpec } from './signature';
import { ntuple, sizes as numbers } from './tuples';

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
    const shape = normalizedShapeOf(args.get('normalized_shape') ?? null);
    layer.attributes.set('normalized_shape', shape);
    for (const name of ['eps', 'elementwise_affine']) layer.attributes.set(name, args.get(name) ?? null);
    const affine = Boolean(args.get('elementwise_affine'));
    const dims = affine ? sizes('empty', shape.items) : [];
    layer.parameters.set('weight', affine ? new Parameter(filled(dims, 1)) : null);
    layer.parameters.set('bias', affine && args.get('bias') ? new Parameter(filled(dims, 0)) : null);
    return layer;
  }

  get normalizedShape(): Shape {
    return numbers(this.attribute('normalized_shape'), 1);
  }

  get eps(): number {
    return this.numberAttribute('eps');
  }

  /** Raises RuntimeError where the last axes differ (ATen/native/layer_norm.h), and for dtypes that do not go together. */
  override outputShape(input: Shape, dtype: DType = 'float32'): Shape {
    const shape = this.normalizedShape;
    checkFloatArgument('layer_norm', 'eps', 5, this.attribute('eps'));
    checkMixedTypes(dtype, [this.parameters.get('weight')?.dtype, this.parameters.get('bias')?.dtype]);
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
    if (numelOf(input) > 0) checkKernel('LayerNormKernelImpl', dtype, isFloatingKernelType);
    return input;
  }

  override extraRepr(): string {
    const show = (name: string): string => this.formatted(name);
    const bias = this.parameters.get('bias') ? 'True' : 'False';
    return `${show('normalized_shape')}, eps=${show('eps')}, elementwise_affine=${show('elementwise_affine')}, bias=${bias}`;
  }
}

/** `(n,)` of an int, `tuple(value)` of anything else. Raises TypeError for what cannot be gone through. */
function normalizedShapeOf(value: PyValue): PyTuple {
  if (isInt(value)) return ntuple(value, 1);
  if (value instanceof PyTuple) return value;
  const items = typeof value === 'string' ? [...value] : sequenceOf(value);
  if (items) return new PyTuple(items);
  throw new PythonError('TypeError', `'${shortTypeName(value)}' object is not iterable`);
}
