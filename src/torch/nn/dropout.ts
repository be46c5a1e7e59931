/** `torch.nn.Dropout` and `torch.nn.Dropout2d` (torch/nn/modules/dropout.py). */
import { checkKernel } from '../dispatch';
import { type DType, dtypes, isFloating } from '../dtype';
import { PythonError } from '../errors';
import { checkCast } from '../promote';
import { greaterThan, lessThan, ONE, ZERO } from '../python/compare';
import { pyRepr } from '../python/repr';
import { PyFloat, type PyValue } from '../python/values';
import { bernoulli } from '../random/distributions';
import type { Generator } from '../random/generator';
import { fromMemoryOrder } from '../random/memory-order';
import { numelOf, type Shape } from '../tensor';
import { silent, userWarning, type Warn } from '../warnings';
import { Module } from './module';
import type { BoundArguments, ParameterSpec } from './signature';

const signature: readonly ParameterSpec[] = [
  { name: 'p', default: new PyFloat(0.5) },
  { name: 'inplace', default: false },
];

/** What every dropout shares (torch/nn/modules/dropout.py, _DropoutNd). */
export abstract class AnyDropout extends Module {
  override readonly moduleName = 'torch.nn.modules.dropout';

  /** Raises ValueError unless 0 <= p <= 1 (nan passes, as in PyTorch). */
  protected init(args: BoundArguments): this {
    const p = args.get('p') ?? null;
    checkProbability(p);
    this.attributes.set('p', p);
    this.attributes.set('inplace', args.get('inplace') ?? false);
    return this;
  }

  get p(): number {
    return this.numberAttribute('p');
  }

  /** Shape of the mask for this input: of each element, or of what is kept and dropped as one. */
  abstract maskShape(input: Shape): Shape;

  /** Whether the mask is laid out as the input is. */
  protected readonly followsMemory: boolean = false;

  /** Whether a forward with this input draws: not in evaluation, for p = 0 or p = 1, or without elements. */
  protected draws(input: Shape): boolean {
    return this.training && this.p !== 0 && this.p !== 1 && numelOf(input) > 0;
  }

  /**
   * The keep mask of one forward, row-major: 1 kept, 0 dropped; `null` when it draws none. Two draws an element, along
   * the memory of an input whose `stride` is not row-major.
   */
  drawMask(generator: Generator, input: Shape, stride: Shape | null = null): Uint8Array | null {
    if (!this.draws(input)) return null;
    const shape = this.maskShape(input);
    const drawn = bernoulli(generator, numelOf(shape), 1 - this.p);
    return stride && this.followsMemory ? fromMemoryOrder(drawn, shape, stride) : drawn;
  }

  /** What a kept value is multiplied by, rounded as `noise.div_(1 - p)` rounds it. */
  get keptFactor(): number {
    return Math.fround(1 / Math.fround(1 - this.p));
  }

  /** Raises for a `p` that was changed, and for a dtype whose values cannot be scaled. */
  override outputShape(input: Shape, dtype: DType = 'float32', warn: Warn = silent): Shape {
    this.attribute('inplace');
    checkProbability(this.attribute('p'), ZERO, ONE);
    this.checkInput(input, warn);
    if (this.draws(input)) this.checkNoise(dtype);
    return input;
  }

  /** What else is said of an input before anything is drawn. */
  protected checkInput(_input: Shape, _warn: Warn): void {}

  /**
   * Raises for a dtype that noise is not made of: after its draws, `noise.div_(1 - p)` needs floats
   * (ATen/native/Dropout.cpp).
   */
  checkNoise(dtype: DType): void {
    if (dtypes[dtype].kind === 'complex') checkKernel('bernoulli_scalar_cpu_', dtype, () => false);
    if (!isFloating(dtype)) checkCast('float32', dtype);
  }

  override extraRepr(): string {
    return `p=${this.formatted('p')}, inplace=${this.formatted('inplace')}`;
  }
}

/** Inverted dropout: in training a kept value is multiplied by 1/(1-p); in evaluation nothing happens. Any shape. */
export class Dropout extends AnyDropout {
  static readonly kind = 'Dropout';
  static readonly signature = signature;
  static readonly initOwner = '_DropoutNd';
  override readonly className = Dropout.kind;
  protected override readonly followsMemory = true;

  static create(args: BoundArguments, _generator: Generator): Dropout {
    return new Dropout().init(args);
  }

  override maskShape(input: Shape): Shape {
    return input;
  }
}

/** Drops whole channels: (N, C, ...), same shape out. Three axes are (N, C, L), not (C, H, W). */
export class Dropout2d extends AnyDropout {
  static readonly kind = 'Dropout2d';
  static readonly signature = signature;
  static readonly initOwner = '_DropoutNd';
  override readonly className = Dropout2d.kind;

  static create(args: BoundArguments, _generator: Generator): Dropout2d {
    return new Dropout2d().init(args);
  }

  /** (N, C) */
  override maskShape(input: Shape): Shape {
    return input.slice(0, 2);
  }

  /**
   * Warns of a rank that is not images (torch/nn/functional.py, dropout2d); raises RuntimeError where there are no
   * channels to draw for (ATen/native/Dropout.cpp, make_feature_noise).
   */
  protected override checkInput(input: Shape, warn: Warn): void {
    if (input.length === 3) warn(userWarning(READS_THREE_AXES));
    else if (input.length !== 4) warn(userWarning(wrongRank(input.length)));
    if (input.length < 2 && this.draws(input)) {
      throw new PythonError('RuntimeError', 'Feature dropout requires at least 2 dimensions in the input');
    }
  }
}

/** The constructor compares with ints, the function with floats: a `p` without order is told so. nan passes. */
export function checkProbability(p: PyValue, least: PyValue = 0, most: PyValue = 1): void {
  if (!lessThan(p, least) && !greaterThan(p, most)) return;
  throw new PythonError('ValueError', `dropout probability has to be between 0 and 1, but got ${pyRepr(p)}`);
}

const READS_THREE_AXES =
  'dropout2d: Received a 3D input to dropout2d and assuming that channel-wise 1D dropout behavior is desired - ' +
  'input is interpreted as shape (N, C, L), where C is the channel dim. This behavior will change in a future ' +
  'release to interpret the input as one without a batch dimension, i.e. shape (C, H, W). To maintain the 1D ' +
  'channel-wise dropout behavior, please switch to using dropout1d instead.';

function wrongRank(rank: number): string {
  return (
    `dropout2d: Received a ${rank}-D input to dropout2d, which is deprecated and will result in an error in a future ` +
    'release. To retain the behavior and silence this warning, please use dropout instead. Note that dropout2d ' +
    'exists to provide channel-wise dropout on inputs with 2 spatial dimensions, a channel dimension, and an ' +
    'optional batch dimension (i.e. 3D or 4D inputs).'
  );
}
