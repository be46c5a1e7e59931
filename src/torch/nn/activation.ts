/** `torch.nn.ReLU` (torch/nn/modules/activation.py). */
import type { Generator } from '../random/generator';
import type { Shape } from '../tensor';
import { Module } from './module';
import type { BoundArguments, ParameterSpec } from './signature';

/** `max(0, x)`, any shape. */
export class ReLU extends Module {
  static readonly kind = 'ReLU';
  static readonly signature: readonly ParameterSpec[] = [{ name: 'inplace', default: false }];
  override readonly className = ReLU.kind;
  override readonly moduleName = 'torch.nn.modules.activation';

  static create(args: BoundArguments, _generator: Generator): ReLU {
    const layer = new ReLU();
    layer.attributes.set('inplace', args.get('inplace') ?? false);
    return layer;
  }

  override outputShape(input: Shape): Shape {
    this.attribute('inplace');
    return input;
  }

  override extraRepr(): string {
    return this.attribute('inplace') ? 'inplace=True' : '';
  }
}
