/** `torch.nn.Dropout` and `torch.nn.Dropout2d` (torch/nn/modules/dropout.py). */
import { PythonError } from '../errors';
import { pyRepr } from '../python/repr';
import { PyFloat, type PyValue, toNumber } from '../python/values';
import { bernoulli } from '../random/distributions';
import type { Generator } from '../random/generator';
import { fromMemoryOrder } from '../random/memory-order';
import { numelOf, type Shape } from '../tensor';
import { Module } from './module';
import type { BoundArguments, ParameterSpec } from './signature';

/** Inverted dropout: in training a kept value is multiplied by 1/(1-p); in evaluation nothing happens. Any shape. */
export class Dropout extends Module {
  static readonly kind = 'Dropout';
  static readonly signature: readonly ParameterSpec[] = [
    { name: 'p', default: new PyFloat(0.5) },
    { name: 'inplace', default: false },
  ];
  static readonly initOwner = '_DropoutNd';
  override readonly className = Dropout.kind;
  override readonly moduleName = 'torch.nn.modules.dropout';

  /** Raises ValueError unless 0 <= p <= 1 (nan passes, as in PyTorch). */
  static create(args: BoundArguments, _generator: Generator): Dropout {
    const layer = new Dropout();
    const p = args.get('p') ?? null;
    checkProbability(p);
    layer.attributes.set('p', p);
    layer.attributes.set('inplace', args.get('inplace') ?? false);
    return layer;
  }

  get p(): number {
    return this.numberAttribute('p');
  }

  /**
   * The keep mask of one forward in training, row-major: 1 kept, 0 dropped; `null` when this forward draws nothing
   * (evaluation, p = 0, p = 1, no elements). Two draws an element, in the order in which the input lies in memory.
   */
  drawMask(generator: Generator, input: Shape, stride?: Shape): Uint8Array | null {
    const { p } = this;
    const n = numelOf(input);
    if (!this.training || p === 0 || p === 1 || n === 0) return null;
    const drawn = bernoulli(generator, n, 1 - p);
    return stride ? fromMemoryOrder(drawn, input, stride) : drawn;
  }

  /** What a kept value is multiplied by, rounded as `noise.div_(1 - p)` rounds it. */
  get keptFactor(): number {
    return Math.fround(1 / Math.fround(1 - this.p));
  }

  override outputShape(input: Shape): Shape {
    const p = this.attribute('p');
    this.attribute('inplace');
    checkProbability(p);
    return input;
  }

  override extraRepr(): string {
    return `p=${pyRepr(this.attribute('p'))}, inplace=${pyRepr(this.attribute('inplace'))}`;
  }
}

function checkProbability(p: PyValue): void {
  const value = toNumber(p);
  if (value < 0 || value > 1) {
    throw new PythonError(
      'ValueError',
      `dropout probability has to be between 0 and 1, but got ${pyRepr(p)}`,
    );
  }
}

/** Drops whole channels: (N, C, H, W) or (C, H, W), same shape out. */
export class Dropout2d extends Module {
  static readonly kind = 'Dropout2d';
  static readonly signature = Dropout.signature;
  static readonly initOwner = Dropout.initOwner;
  override readonly className = Dropout2d.kind;
  override readonly moduleName = 'torch.nn.modules.dropout';

  /** Raises ValueError unless 0 <= p <= 1. */
  static create(args: BoundArguments, _generator: Generator): Dropout2d {
    const layer = new Dropout2d();
    checkProbability(args.get('p') ?? null);
    for (const name of ['p', 'inplace']) layer.attributes.set(name, args.get(name) ?? null);
    return layer;
  }

  override outputShape(input: Shape): Shape {
    const p = this.attribute('p');
    this.attribute('inplace');
    checkProbability(p);
    return input;
  }

  override extraRepr(): string {
    return `p=${pyRepr(this.attribute('p'))}, inplace=${pyRepr(this.attribute('inplace'))}`;
  }
}
