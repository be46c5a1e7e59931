/** `torch.nn.BatchNorm1d`, `BatchNorm2d` and `BatchNorm3d` (torch/nn/modules/batchnorm.py; checks in torch/nn/functional.py and ATen/native/Normalization.cpp). */
import { PythonError } from '../errors';
import { PyFloat } from '../python/values';
import type { Generator } from '../random/generator';
import { type Shape, sizeRepr, type Tensor } from '../tensor';
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
    const { momentum } = this;
    const tracked = this.buffers.get('num_batches_tracked');
    if (!this.training || !tracked) return momentum ?? 0;
    const count = tracked.int64Data();
    count[0] += 1n;
    return momentum ?? 1 / Number(count[0]);
  }

  override outputShape(input: Shape): Shape {
    this.checkInputDim(input);
    const channels = input[1];
    if (this.usesBatchStatistics) {
      const perChannel = input.reduce((n, d, axis) => (axis === 1 ? n : n * d), 1);
      if (perChannel === 1) {
        throw new PythonError(
          'ValueError',
          `Expected more than 1 value per channel when training, got input size ${sizeRepr(input)}`,
        );
      }
    }
    const sized: [string, Tensor | null | undefined][] = [
      ['running_mean', this.buffers.get('running_mean')],
      ['running_var', this.buffers.get('running_var')],
      ['weight', this.parameters.get('weight')],
      ['bias', this.parameters.get('bias')],
    ];
    for (const [name, tensor] of sized) {
      if (tensor && tensor.numel !== channels) {
        throw new PythonError(
          'RuntimeError',
          `${name} should contain ${channels} elements not ${tensor.numel}`,
        );
      }
    }
    return input;
  }

  override extraRepr(): string {
    return normRepr(this);
  }
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
