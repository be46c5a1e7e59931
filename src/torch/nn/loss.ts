/**
 * What the losses share (torch/nn/modules/loss.py, _Loss and _WeightedLoss; torch/nn/_reduction.py): a reduction, and
 * which targets they take. The engine computes their numbers.
 */
import type { DType } from '../dtype';
import { PythonError } from '../errors';
import { pyStr } from '../python/repr';
import type { PyValue } from '../python/values';
import type { Shape, Tensor } from '../tensor';
import { userWarning, type Warn } from '../warnings';
import { Module } from './module';
import { registerBuffer } from './registration';
import type { BoundArguments } from './signature';

export type Reduction = 'mean' | 'sum' | 'none';

export abstract class Loss extends Module {
  override readonly moduleName = 'torch.nn.modules.loss';

  /** Raises what PyTorch raises for this target of an input of this shape and dtype, in its order of checks. */
  abstract checkTarget(input: Shape, target: Tensor, dtype?: DType): void;

  /** Dtype of the loss. */
  abstract lossDtype(input: DType, target: Tensor): DType;

  /** Shape of the losses that are reduced. */
  protected abstract elementShape(input: Shape, target: Shape): Shape;

  /** Texts of the UserWarnings a call gives. */
  targetWarnings(_input: Shape, _target: Shape): readonly string[] {
    return [];
  }

  /** Shape of `criterion(input, target)` for a target that `checkTarget` takes. */
  lossShape(input: Shape, target: Shape): Shape {
    return this.reduction === 'none' ? this.elementShape(input, target) : [];
  }

  /** Raises ValueError for a reduction PyTorch does not know: as there, when the loss is called. */
  get reduction(): Reduction {
    const value = this.attribute('reduction');
    if (value === 'mean' || value === 'sum' || value === 'none') return value;
    throw new PythonError('ValueError', `${pyStr(value)} is not a valid value for reduction`);
  }

  /** A loss takes two tensors: called as a layer, it is what Python says of the second. */
  override outputShape(): Shape {
    throw new PythonError(
      'TypeError',
      `${this.className}.forward() missing 1 required positional argument: 'target'`,
    );
  }

  protected init(args: BoundArguments, warn: Warn, buffers: readonly string[] = []): this {
    this.attributes.set('reduction', reductionOf(args, warn));
    for (const name of buffers) registerBuffer(this, name, args.get(name) ?? null);
    return this;
  }
}

/** `size_average` and `reduce`, where one of them is given, decide instead (torch/nn/_reduction.py, legacy_get_string). */
export function reductionOf(args: BoundArguments, warn: Warn): PyValue {
  const average = args.get('size_average') ?? null;
  const reduce = args.get('reduce') ?? null;
  if (average === null && reduce === null) return args.get('reduction') ?? null;
  const reduction = reduce === false ? 'none' : average === false ? 'sum' : 'mean';
  warn(
    userWarning(
      `size_average and reduce args will be deprecated, please use reduction='${reduction}' instead.`,
    ),
  );
  return reduction;
}
