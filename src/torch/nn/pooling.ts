/** `torch.nn.MaxPool2d`, `AvgPool2d` and `AdaptiveAvgPool2d` (torch/nn/modules/pooling.py). */
import { pyRepr } from '../python/repr';
import { PyTuple, type PyValue } from '../python/values';
import type { Generator } from '../random/generator';
import type { Shape } from '../tensor';
import { Module } from './module';
import type { BoundArguments, ParameterSpec } from './signature';
import { sizes } from './tuples';

/** (N, C, H, W) or (C, H, W): a window slides over the last two axes. */
abstract class Pool extends Module {
  override readonly moduleName = 'torch.nn.modules.pooling';

  /** Arguments are kept as they were given; a missing stride is the kernel size itself. */
  protected init(args: BoundArguments): this {
    for (const [name, value] of args) this.attributes.set(name, value);
    if (args.get('stride') === null) this.attributes.set('stride', args.get('kernel_size') ?? null);
    return this;
  }

  protected shown(...names: string[]): string {
    return names.map((name) => `${name}=${pyRepr(this.attribute(name))}`).join(', ');
  }

  override outputShape(input: Shape): Shape {
    const of = (name: string): number[] => sizes(this.attribute(name), 2);
    const [kernel, stride, padding] = [of('kernel_size'), of('stride'), of('padding')];
    const dilation = this.attributes.has('dilation') ? of('dilation') : [1, 1];
    const ceil = Boolean(this.attribute('ceil_mode'));
    const windows = input.slice(-2).map((size, i) => {
      const steps = (size + 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1) / stride[i];
      const count = (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
      // A window must not start in the padding behind the input.
      return ceil && (count - 1) * stride[i] >= size + padding[i] ? count - 1 : count;
    });
    return [...input.slice(0, -2), ...windows];
  }
}

/** The largest value of each window. */
export class MaxPool2d extends Pool {
  static readonly kind = 'MaxPool2d';
  static readonly signature: readonly ParameterSpec[] = [
    { name: 'kernel_size' },
    { name: 'stride', default: null },
    { name: 'padding', default: 0 },
    { name: 'dilation', default: 1 },
    { name: 'return_indices', default: false },
    { name: 'ceil_mode', default: false },
  ];
  static readonly initOwner = '_MaxPoolNd';
  override readonly className = MaxPool2d.kind;

  static create(args: BoundArguments, _generator: Generator): MaxPool2d {
    return new MaxPool2d().init(args);
  }

  override extraRepr(): string {
    return this.shown('kernel_size', 'stride', 'padding', 'dilation', 'ceil_mode');
  }
}

/** The mean of each window. */
export class AvgPool2d extends Pool {
  static readonly kind = 'AvgPool2d';
  static readonly signature: readonly ParameterSpec[] = [
    { name: 'kernel_size' },
    { name: 'stride', default: null },
    { name: 'padding', default: 0 },
    { name: 'ceil_mode', default: false },
    { name: 'count_include_pad', default: true },
    { name: 'divisor_override', default: null },
  ];
  override readonly className = AvgPool2d.kind;

  static create(args: BoundArguments, _generator: Generator): AvgPool2d {
    return new AvgPool2d().init(args);
  }

  override extraRepr(): string {
    return this.shown('kernel_size', 'stride', 'padding');
  }
}

/** Means over as many windows as the output has places; None keeps an axis. */
export class AdaptiveAvgPool2d extends Module {
  static readonly kind = 'AdaptiveAvgPool2d';
  static readonly signature: readonly ParameterSpec[] = [{ name: 'output_size' }];
  static readonly initOwner = '_AdaptiveAvgPoolNd';
  override readonly className = AdaptiveAvgPool2d.kind;
  override readonly moduleName = 'torch.nn.modules.pooling';

  static create(args: BoundArguments, _generator: Generator): AdaptiveAvgPool2d {
    const layer = new AdaptiveAvgPool2d();
    layer.attributes.set('output_size', args.get('output_size') ?? null);
    return layer;
  }

  override outputShape(input: Shape): Shape {
    const size = this.attribute('output_size');
    const [height, width]: readonly PyValue[] = size instanceof PyTuple ? size.items : [size, size];
    const [h, w] = input.slice(-2);
    return [...input.slice(0, -2), height === null ? h : Number(height), width === null ? w : Number(width)];
  }

  override extraRepr(): string {
    return `output_size=${pyRepr(this.attribute('output_size'))}`;
  }
}
