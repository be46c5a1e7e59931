/** `torch.nn.BCEWithLogitsLoss` (torch/nn/modules/loss.py; ATen/native/Loss.cpp, binary_cross_entropy_with_logits). */
import { broadcastShapes } from '../broadcast';
import { dtypes } from '../dtype';
import { PythonError } from '../errors';
import type { Generator } from '../random/generator';
import { type Shape, sizeRepr, type Tensor } from '../tensor';
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

  static create(args: BoundArguments, _generator: Generator): BCEWithLogitsLoss {
    return new BCEWithLogitsLoss().init(args, ['weight', 'pos_weight']);
  }

  get weight(): Tensor | null {
    return this.buffers.get('weight') ?? null;
  }

  get posWeight(): Tensor | null {
    return this.buffers.get('pos_weight') ?? null;
  }

  override checkTarget(input: Shape, target: Tensor): void {
    void this.reduction;
    if (sizeRepr(input) !== sizeRepr(target.shape)) {
      throw new PythonError(
        'ValueError',
        `Target size (${sizeRepr(target.shape)}) must be the same as input size (${sizeRepr(input)})`,
      );
    }
    if (this.posWeight) checkInPlace(input, broadcastShapes(this.posWeight.shape, target.shape));
    checkTargetType(target);
    if (this.weight) checkInPlace(input, broadcastShapes(input, this.weight.shape));
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
function checkTargetType(target: Tensor): void {
  const { kind, scalarType } = dtypes[target.dtype];
  if (target.dtype === 'bool') {
    throw new PythonError(
      'RuntimeError',
      'Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` ' +
        'operator instead.',
    );
  }
  if (kind === 'float') return;
  throw new PythonError(
    'RuntimeError',
    `result type Float can't be cast to the desired output type ${scalarType}`,
  );
}
