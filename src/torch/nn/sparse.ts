/** `torch.nn.Embedding` (torch/nn/modules/sparse.py). */
import { type DType, tensorTypeInMessage } from '../dtype';
import { elementsOf } from '../elements';
import { PythonError } from '../errors';
import { PyFloat, toNumber } from '../python/values';
import type { Generator } from '../random/generator';
import { normal } from '../random/normal';
import { sizes } from '../sizes';
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
    layer.attributes.set('padding_idx', paddingRow(args, 'Padding_idx'));
    layer.parameters.set('weight', new Parameter(embeddingRows(args, generator), !args.get('_freeze')));
    return layer;
  }

  /** Raises RuntimeError for what is no int64 or int32; whether there is such a row only the numbers tell. */
  override outputShape(input: Shape, dtype: DType = 'int64'): Shape {
    if (dtype !== 'int64' && dtype !== 'int32') {
      throw new PythonError(
        'RuntimeError',
        "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got " +
          `${tensorTypeInMessage(dtype)} instead (while checking arguments for embedding)`,
      );
    }
    return [...input, this.numberAttribute('embedding_dim')];
  }

  /** Raises IndexError for a row the table lacks. */
  checkIndices(indices: Tensor): void {
    const count = this.requireTensor(this.parameters, 'weight').shape[0];
    if (elementsOf(indices).some((index) => Number(index) < 0 || Number(index) >= count))
      throw new PythonError('IndexError', 'index out of range in self');
  }

  override outputDtype(): DType {
    return this.requireTensor(this.parameters, 'weight').dtype;
  }

  override extraRepr(): string {
    const show = (name: string): string => this.formatted(name);
    const parts = [show('num_embeddings'), show('embedding_dim')];
    if (this.attribute('padding_idx') !== null) parts.push(`padding_idx=${show('padding_idx')}`);
    if (this.attribute('max_norm') !== null) parts.push(`max_norm=${show('max_norm')}`);
    if (this.numberAttribute('norm_type') !== 2) parts.push(`norm_type=${show('norm_type')}`);
    if (this.attribute('scale_grad_by_freq')) parts.push(`scale_grad_by_freq=${show('scale_grad_by_freq')}`);
    if (this.attribute('sparse')) parts.push('sparse=True');
    return parts.join(', ');
  }
}

/** `padding_idx` counted from 0. Raises AssertionError, beginning with `word`, for a row the table lacks. */
export function paddingRow(args: BoundArguments, word: string): number | null {
  const given = args.get('padding_idx') ?? null;
  if (given === null) return null;
  const [index, count] = [toNumber(given), toNumber(args.get('num_embeddings') ?? null)];
  if (index >= count || index < -count)
    throw new PythonError('AssertionError', `${word} must be within num_embeddings`);
  return index < 0 ? index + count : index;
}

/** `_weight` where it is given, else rows drawn from the normal distribution, the one of `padding_idx` zero. */
export function embeddingRows(args: BoundArguments, generator: Generator): Tensor {
  const shape = sizes(
    'empty',
    ['num_embeddings', 'embedding_dim'].map((name) => args.get(name) ?? null),
  );
  const given = args.get('_weight');
  if (given instanceof Tensor) {
    if (given.shape.length === 2 && given.shape.every((size, axis) => size === shape[axis])) return given;
    throw new PythonError(
      'AssertionError',
      'Shape of weight does not match num_embeddings and embedding_dim',
    );
  }
  const [count, width] = shape;
  const rows = normal(generator, count * width);
  const padding = paddingRow(args, 'padding_idx');
  if (padding !== null) rows.fill(0, padding * width, (padding + 1) * width);
  return Tensor.float32(rows, shape);
}
