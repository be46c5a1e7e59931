/** `torch.nn.CrossEntropyLoss` (torch/nn/modules/loss.py; checks in ATen/native/LossNLL.cpp and LossNLL2d.cpp). */
import { unexpectedType } from '../dispatch';
import { type DType, dtypes, isFloating } from '../dtype';
import { PythonError } from '../errors';
import { promoteTypes } from '../promote';
import { checkFloatArgument, checkIntArgument } from '../python/arguments';
import { PyFloat } from '../python/values';
import type { Generator } from '../random/generator';
import type { Shape, Tensor } from '../tensor';
import { silent, type Warn } from '../warnings';
import { checkSoftmax } from './activation';
import { axisIn } from './axis';
import { Loss } from './loss';
import type { BoundArguments, ParameterSpec } from './signature';

/** Logits (N, C), (C) or (N, C, d1, ...) against class indices (N), () or (N, d1, ...), or against probabilities in the logits' shape. */
export class CrossEntropyLoss extends Loss {
  static readonly kind = 'CrossEntropyLoss';
  static readonly signature: readonly ParameterSpec[] = [
    { name: 'weight', default: null },
    { name: 'size_average', default: null },
    { name: 'ignore_index', default: -100 },
    { name: 'reduce', default: null },
    { name: 'reduction', default: 'mean' },
    { name: 'label_smoothing', default: new PyFloat(0) },
  ];
  override readonly className = CrossEntropyLoss.kind;

  static create(args: BoundArguments, _generator: Generator, warn: Warn = silent): CrossEntropyLoss {
    const loss = new CrossEntropyLoss().init(args, warn, ['weight']);
    for (const name of ['ignore_index', 'label_smoothing']) loss.attributes.set(name, args.get(name) ?? null);
    return loss;
  }

  get ignoreIndex(): number {
    return this.numberAttribute('ignore_index');
  }

  /** What is below zero smooths nothing. */
  get labelSmoothing(): number {
    return Math.max(0, this.numberAttribute('label_smoothing'));
  }

  /** Weight of each class, `null` for 1. */
  get weight(): Tensor | null {
    return this.buffers.get('weight') ?? null;
  }

  protected override elementShape(input: Shape): Shape {
    return input.filter((_, axis) => axis !== classAxis(input));
  }

  /** Whether the target is read as class probabilities: PyTorch goes by the shape alone. */
  takesProbabilities(input: Shape, target: Tensor): boolean {
    return input.length === target.shape.length && input.every((d, axis) => d === target.shape[axis]);
  }

  override checkTarget(input: Shape, target: Tensor, dtype: DType = 'float32'): void {
    void this.reduction;
    checkIntArgument('cross_entropy_loss', 'ignore_index', 5, this.attribute('ignore_index'));
    checkFloatArgument('cross_entropy_loss', 'label_smoothing', 6, this.attribute('label_smoothing'));
    if (this.takesProbabilities(input, target)) this.checkProbabilities(input, target, dtype);
    else {
      this.checkSmoothing();
      checkLogits(input, dtype);
      checkTargetShape(input, target.shape);
      this.checkWeight(input);
      checkTargetType(target);
      if (this.weight && this.weight.dtype !== dtype) throw unexpectedType(dtype, this.weight.dtype);
      this.checkIndices(input, target);
    }
  }

  override lossDtype(input: DType, target: Tensor): DType {
    if (!isFloating(target.dtype)) return input;
    const weight = this.weight?.dtype;
    return [target.dtype, ...(weight ? [weight] : [])].reduce(promoteTypes, input);
  }

  private checkProbabilities(input: Shape, target: Tensor, dtype: DType): void {
    if (dtypes[target.dtype].kind !== 'float') {
      throw runtimeError(
        `Expected floating point type for target with class probabilities, got ${dtypes[target.dtype].scalarType}`,
      );
    }
    if (this.ignoreIndex >= 0) throw runtimeError('ignore_index is not supported for floating point target');
    this.checkWeight(input, 'cross_entropy: ');
    checkLogits(input, dtype);
    this.checkSmoothing();
  }

  private checkSmoothing(): void {
    const value = this.labelSmoothing;
    if (value > 1) throw runtimeError(`label_smoothing must be between 0.0 and 1.0. Got: ${value}`);
  }

  private checkWeight(input: Shape, where = ''): void {
    const { weight } = this;
    const classes = input[classAxis(input)];
    if (!weight || (weight.shape.length === 1 && weight.numel === classes)) return;
    throw runtimeError(
      `${where}weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor ` +
        `of shape: [${weight.shape.join(', ')}]`,
    );
  }

  private checkIndices(input: Shape, target: Tensor): void {
    const classes = input[classAxis(input)];
    for (const index of targetIndices(target)) {
      if (index !== this.ignoreIndex && (index < 0 || index >= classes)) {
        throw new PythonError('IndexError', `Target ${index} is out of bounds.`);
      }
    }
  }
}

/** Axis of the logits that holds the classes. */
export function classAxis(input: Shape): number {
  return input.length === 1 ? 0 : 1;
}

/** Class indices of an int64 or uint8 target, row-major. */
export function targetIndices(target: Tensor): number[] {
  const bytes = target.contiguousBytes();
  if (target.dtype === 'uint8') return Array.from(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: target.numel }, (_, i) => Number(view.getBigInt64(i * 8, true)));
}

/** What log_softmax, which comes first, says of the logits. */
function checkLogits(input: Shape, dtype: DType): void {
  const axis = axisIn(input.length === 1 ? 0 : 1, input.length);
  checkSoftmax('log_softmax', dtype, axis, input.length);
}

function checkTargetType(target: Tensor): void {
  if (target.dtype === 'int64' || target.dtype === 'uint8') return;
  throw runtimeError(`expected target dtype to be Long or Byte, but got ${dtypes[target.dtype].scalarType}`);
}

function checkTargetShape(input: Shape, target: Shape): void {
  const targetBatch = target[0] ?? 0;
  if (input.length > 1 && input[0] !== targetBatch) {
    throw new PythonError(
      'ValueError',
      `Expected input batch_size (${input[0]}) to match target batch_size (${targetBatch}).`,
    );
  }
  if (input.length <= 2) {
    if (target.length > 1) throw runtimeError('0D or 1D target tensor expected, multi-target not supported');
    if (input.length === 1 && target.length === 1 && target[0] !== 1) {
      throw new PythonError(
        'ValueError',
        `For 1D input, 1D target must have size 1, but got target size: ${target[0]}`,
      );
    }
    return;
  }
  const expected = [input[0], ...input.slice(2)];
  if (expected.length === target.length && expected.every((d, axis) => d === target[axis])) return;
  if (input.length === 4 && target.length === 3) {
    throw runtimeError(`size mismatch (got input: [${input.join(', ')}] , target: [${target.join(', ')}]`);
  }
  throw runtimeError(`Expected target size [${expected.join(', ')}], got [${target.join(', ')}]`);
}

function runtimeError(message: string): PythonError {
  return new PythonError('RuntimeError', message);
}
