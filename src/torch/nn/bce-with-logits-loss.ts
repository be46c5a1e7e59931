/** `torch.nn.BCEWithLogitsLoss` (torch/nn/modules/loss.py; ATen/native/Loss.cpp, binary_cross_entropy_with_logits). */
import { broadcastShapes } from '../broadcast';
import { checkKernel, isFloatingKernelType } from '../dispatch';
import { type DType, dtypes } from '../dtype';
import { PythonError } from '../errors';
import { subtractsBools } from '../functions/elementwise';
import { checkCast } from '../promote';
import type { Generator } from '../random/generator';
import { type Shape, sizeRepr, type Tensor } from '../tensor';
import { silent, type Warn } from '../warnings';
import { Loss } from './loss';
import type { BoundArguments, ParameterSpec } from './signature';

/**
 * Binary cross entropy of sigmoid(input), input and target in one shape. `weight` broadcasts to the losses, `pos_weight`
 * to the target, whose values are not checked.
 */
export class BCEWithLogitsLoss extends Loss {
  static readonly kind = 'BCEWithLogitsLoss';
  static readonly signature: readonly ParameterSpec[] = [
    { name: 'weight', default: null },
    { name: 'size_average', default: null },
    { name: 'reduce', default: null },
    { name: 'reduction', default: 'mean' },
    { name: 'pos_weight', default: null },
  ];
  override readonly className = BCEWithLogitsLoss.kind;

  static create(args: BoundArguments, _generator: Generator, warn: Warn = silent): BCEWithLogitsLoss {
    return new BCEWithLogitsLoss().init(args, warn, ['weight', 'pos_weight']);
  }

  get weight(): Tensor | null {
    return this.buffers.get('weight') ?? null;
  }

  get posWeight(): Tensor | null {
    return this.buffers.get('pos_weight') ?? null;
  }

  override checkTarget(input: Shape, target: Tensor, dtype: DType = 'float32'): void {
    void this.reduction;
    if (sizeRepr(input) !== sizeRepr(target.shape)) {
      throw new PythonError(
        'ValueError',
        `Target size (${sizeRepr(target.shape)}) must be the same as input size (${sizeRepr(input)})`,
      );
    }
    if (this.posWeight) checkInPlace(input, broadcastShapes(this.posWeight.shape, target.shape));
    checkTypes(dtype, target);
    if (this.weight) checkInPlace(input, broadcastShapes(input, this.weight.shape));
  }

  override lossDtype(_input: DType, target: Tensor): DType {
    return target.dtype;
  }

  protected override elementShape(input: Shape): Shape {
    return input;
  }
}

/** An operation that writes into its operand may not enlarge it. */
function checkInPlace(operand: Shape, result: Shape): void {
  if (sizeRepr(operand) === sizeRepr(result)) return;
  throw new PythonError(
    'RuntimeError',
    `output with shape [${operand.join(', ')}] doesn't match the broadcast shape [${result.join(', ')}]`,
  );
}

/** `(1 - target).mul_(input)` keeps the target's type, so it must be one that holds the product. */
function checkTypes(input: DType, target: Tensor): void {
  if (dtypes[input].kind === 'float' && target.dtype === 'bool') throw subtractsBools();
  if (dtypes[input].kind === 'float') checkCast(input, target.dtype);
  checkKernel('log_sigmoid_cpu', input, isFloatingKernelType);
}
