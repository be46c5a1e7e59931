/** `torch.nn.BatchNorm1d`, `BatchNorm2d` and `BatchNorm3d` (torch/nn/modules/batchnorm.py; checks in torch/nn/functional.py and ATen/native/Normalization.cpp). */
import { checkKernel, checkMixedTypes, isFloatingKernelType } from '../dispatch';
import { type DType, isFloating } from '../dtype';
import { PythonError } from '../errors';
import { checkFloatArgument } from '../python/arguments';
import { atMost, lessThan, ZERO } from '../python/compare';
import { pyRepr } from '../python/repr';
import { isNumber, PyFloat, type PyValue, toNumber } from '../python/values';
import type { Generator } from '../random/generator';
import { numelOf, type Shape, sizeRepr, type Tensor } from '../tensor';
import { Module } from './module';
import { initNorm, NORM_VERSION, normRepr } from './norm-base';
import { type BoundArguments, deviceAndDtype, type ParameterSpec } from './signature';

const signature: readonly ParameterSpec[] = [
  { name: 'num_features' },
  { name: 'eps', default: new PyFloat(1e-5) },
  { name: 'momentum', default: new PyFloat(0.1) },
  { name: 'affine', default: true },
  { name: 'track_running_stats', default: true },
  ...deviceAndDtype,
  { name: 'bias', default: true, keywordOnly: true },
];

/** Normalises each of num_features channels over the batch and the axes after the channels; same shape out. */
export abstract class BatchNorm extends Module {
  override readonly moduleName = 'torch.nn.modules.batchnorm';

  override get version(): number {
    return NORM_VERSION;
  }

  /** Raises ValueError for a wrong number of axes: checked before anything is counted. */
  abstract checkInputDim(input: Shape): void;

  protected init(args: BoundArguments): this {
    initNorm(this, args);
    return this;
  }

  get eps(): number {
    return this.numberAttribute('eps');
  }

  /** `null` asks for the plain average over all batches so far. */
  get momentum(): number | null {
    return this.attribute('momentum') === null ? null : this.numberAttribute('momentum');
  }

  /** Whether a forward now normalises by its own batch: always in training, and in evaluation without running statistics. */
  get usesBatchStatistics(): boolean {
    return this.training || !this.buffers.get('running_mean') || !this.buffers.get('running_var');
  }

  /** Whether a forward now moves `running_mean` and `running_var`. */
  get updatesRunningStatistics(): boolean {
    return this.training && Boolean(this.buffers.get('running_mean'));
  }

  /**
   * Adds one to `num_batches_tracked` and returns the factor of the running average of this call,
   * as `_BatchNorm.forward` does before it looks at the batch: a call that then fails has still counted.
   */
  countBatch(): number {
    const given = this.attribute('momentum');
    // What is no number is refused later, by outputShape.
    const momentum = isNumber(given) ? toNumber(given) : null;
    const tracked = this.buffers.get('num_batches_tracked');
    if (!this.training || !tracked || tracked.numel > tracked.storage.length) return momentum ?? 0;
    const count = tracked.int64Data();
    count[0] += 1n;
    return momentum ?? 1 / Number(count[0]);
  }

  override outputShape(input: Shape, dtype: DType = 'float32'): Shape {
    this.checkInputDim(input);
    if (this.usesBatchStatistics) checkBatch(input);
    this.checkEps();
    checkMomentum(this.attribute('momentum'));
    if (numelOf(input) === 0) return input;
    this.checkChannels(input[1]);
    checkKernel('batch_norm', dtype, isFloatingKernelType);
    const [mean, variance, weight, bias] = this.sized.map(([, tensor]) => tensor?.dtype);
    checkMixedTypes(dtype, [weight, bias, mean, variance]);
    return input;
  }

  /** Without elements it is x * weight + bias, which makes floats of integers. */
  override outputDtype(input: DType): DType {
    return isFloating(input) || !this.parameters.get('weight') ? input : 'float32';
  }

  /** torch/nn/functional.py, batch_norm */
  private checkEps(): void {
    const eps = this.attribute('eps');
    const training = this.usesBatchStatistics;
    if (!(training ? atMost(eps, ZERO) : lessThan(eps, ZERO))) return;
    throw new PythonError(
      'ValueError',
      `batch_norm eps must be ${training ? 'positive during training' : 'non-negative'}, but got ${pyRepr(eps)}`,
    );
  }

  /** In the order their sizes are checked. */
  private get sized(): readonly (readonly [string, Tensor | null | undefined])[] {
    return [
      ['running_mean', this.buffers.get('running_mean')],
      ['running_var', this.buffers.get('running_var')],
      ['weight', this.parameters.get('weight')],
      ['bias', this.parameters.get('bias')],
    ];
  }

  private checkChannels(channels: number): void {
    for (const [name, tensor] of this.sized) {
      if (tensor && tensor.numel !== channels) {
        throw new PythonError(
          'RuntimeError',
          `${name} should contain ${channels} elements not ${tensor.numel}`,
        );
      }
    }
  }

  override extraRepr(): string {
    return normRepr(this);
  }
}

/** torch/nn/functional.py, _verify_batch_size */
function checkBatch(input: Shape): void {
  const perChannel = input.reduce((n, d, axis) => (axis === 1 ? n : n * d), 1);
  if (perChannel !== 1) return;
  throw new PythonError(
    'ValueError',
    `Expected more than 1 value per channel when training, got input size ${sizeRepr(input)}`,
  );
}

function checkMomentum(momentum: PyValue): void {
  if (momentum !== null) checkFloatArgument('batch_norm', 'momentum', 7, momentum);
}

/** (N, C) or (N, C, L). */
export class BatchNorm1d extends BatchNorm {
  static readonly kind = 'BatchNorm1d';
  static readonly signature = signature;
  static readonly initOwner = '_BatchNorm';
  override readonly className = BatchNorm1d.kind;

  static create(args: BoundArguments, _generator: Generator): BatchNorm1d {
    return new BatchNorm1d().init(args);
  }

  override checkInputDim(input: Shape): void {
    if (input.length !== 2 && input.length !== 3) {
      throw new PythonError('ValueError', `expected 2D or 3D input (got ${input.length}D input)`);
    }
  }
}

/** (N, C, H, W). */
export class BatchNorm2d extends BatchNorm {
  static readonly kind = 'BatchNorm2d';
  static readonly signature = signature;
  static readonly initOwner = '_BatchNorm';
  override readonly className = BatchNorm2d.kind;

  static create(args: BoundArguments, _generator: Generator): BatchNorm2d {
    return new BatchNorm2d().init(args);
  }

  override checkInputDim(input: Shape): void {
    if (input.length !== 4)
      throw new PythonError('ValueError', `expected 4D input (got ${input.length}D input)`);
  }
}

/** (N, C, D, H, W). */
export class BatchNorm3d extends BatchNorm {
  static readonly kind = 'BatchNorm3d';
  static readonly signature = signature;
  static readonly initOwner = '_BatchNorm';
  override readonly className = BatchNorm3d.kind;

  static create(args: BoundArguments, _generator: Generator): BatchNorm3d {
    return new BatchNorm3d().init(args);
  }

  override checkInputDim(input: Shape): void {
    if (input.length !== 5)
      throw new PythonError('ValueError', `expected 5D input (got ${input.length}D input)`);
  }
}
