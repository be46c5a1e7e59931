/** `torch.nn.Embedding` (torch/nn/modules/sparse.py). */
import { PythonError } from '../errors';
import { pyRepr } from '../python/repr';
import { PyFloat, toNumber } from '../python/values';
import type { Generator } from '../random/generator';
import { normal } from '../random/normal';
import { Parameter, type Shape, Tensor } from '../tensor';
import { Module } from './module';
import { type BoundArguments, deviceAndDtype, type ParameterSpec } from './signature';

/** Arguments the layer keeps as attributes. */
const recorded = [
  'num_embeddings',
  'embedding_dim',
  'padding_idx',
  'max_norm',
  'norm_type',
  'scale_grad_by_freq',
  'sparse',
];

/** A row of weight (num_embeddings x embedding_dim) for each index: (*) -> (*, embedding_dim). */
export class Embedding extends Module {
  static readonly kind = 'Embedding';
  static readonly signature: readonly ParameterSpec[] = [
    { name: 'num_embeddings' },
    { name: 'embedding_dim' },
    { name: 'padding_idx', default: null },
    { name: 'max_norm', default: null },
    { name: 'norm_type', default: new PyFloat(2) },
    { name: 'scale_grad_by_freq', default: false },
    { name: 'sparse', default: false },
    { name: '_weight', default: null },
    { name: '_freeze', default: false },
    ...deviceAndDtype,
  ];
  override readonly className = Embedding.kind;
  override readonly moduleName = 'torch.nn.modules.sparse';

  /** Draws weight from the normal distribution; the row of padding_idx is zero. Raises AssertionError for one outside. */
  static create(args: BoundArguments, generator: Generator): Embedding {
    const layer = new Embedding();
    for (const name of recorded) layer.attributes.set(name, args.get(name) ?? null);
    const count = layer.numberAttribute('num_embeddings');
    const width = layer.numberAttribute('embedding_dim');
    const given = args.get('padding_idx') ?? null;
    const padding = given === null ? null : rowOf(toNumber(given), count);
    layer.attributes.set('padding_idx', padding);
    const weight = normal(generator, count * width);
    if (padding !== null) weight.fill(0, padding * width, (padding + 1) * width);
    layer.parameters.set(
      'weight',
      new Parameter(Tensor.float32(weight, [count, width]), !args.get('_freeze')),
    );
    return layer;
  }

  override outputShape(input: Shape): Shape {
    return [...input, this.numberAttribute('embedding_dim')];
  }

  override extraRepr(): string {
    const show = (name: string): string => pyRepr(this.attribute(name));
    const parts = [show('num_embeddings'), show('embedding_dim')];
    if (this.attribute('padding_idx') !== null) parts.push(`padding_idx=${show('padding_idx')}`);
    if (this.attribute('max_norm') !== null) parts.push(`max_norm=${show('max_norm')}`);
    if (this.numberAttribute('norm_type') !== 2) parts.push(`norm_type=${show('norm_type')}`);
    if (this.attribute('scale_grad_by_freq')) parts.push(`scale_grad_by_freq=${show('scale_grad_by_freq')}`);
    if (this.attribute('sparse')) parts.push('sparse=True');
    return parts.join(', ');
  }
}

function rowOf(index: number, count: number): number {
  if (index >= count || index < -count) {
    throw new PythonError('AssertionError', 'Padding_idx must be within num_embeddings');
  }
  return index < 0 ? index + count : index;
}
