/** `torch.nn.MSELoss` (torch/nn/modules/loss.py; torch/nn/functional.py, mse_loss). */
import { broadcastShapes } from '../broadcast';
import { checkKernel, isFloatingKernelType } from '../dispatch';
import type { DType } from '../dtype';
import { promoteTypes } from '../promote';
import type { Generator } from '../random/generator';
import { type Shape, sizeRepr, type Tensor } from '../tensor';
import { silent, type Warn } from '../warnings';
import { Loss } from './loss';
import type { BoundArguments, ParameterSpec } from './signature';

/** Mean of (input - target)^2. Input and target in any shapes that broadcast; different ones are warned of. */
export class MSELoss extends Loss {
  static readonly kind = 'MSELoss';
  static readonly signature: readonly ParameterSpec[] = [
    { name: 'size_average', default: null },
    { name: 'reduce', default: null },
    { name: 'reduction', default: 'mean' },
  ];
  static readonly initOwner = '_Loss';
  override readonly className = MSELoss.kind;

  static create(args: BoundArguments, _generator: Generator, warn: Warn = silent): MSELoss {
    return new MSELoss().init(args, warn);
  }

  override checkTarget(input: Shape, target: Tensor, dtype: DType = 'float32'): void {
    broadcastShapes(input, target.shape);
    void this.reduction;
    checkKernel('mse_cpu', this.lossDtype(dtype, target), isFloatingKernelType);
  }

  override lossDtype(input: DType, target: Tensor): DType {
    return promoteTypes(input, target.dtype);
  }

  override targetWarnings(input: Shape, target: Shape): readonly string[] {
    if (sizeRepr(input) === sizeRepr(target)) return [];
    return [
      `Using a target size (${sizeRepr(target)}) that is different to the input size (${sizeRepr(input)}). ` +
        'This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.',
    ];
  }

  protected override elementShape(input: Shape, target: Shape): Shape {
    return broadcastShapes(input, target);
  }
}
