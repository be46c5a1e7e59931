/** `torch.nn.MaxPool2d`, `AvgPool2d` and `AdaptiveAvgPool2d` (torch/nn/modules/pooling.py). */
import { PythonError } from '../errors';
import { pyRepr } from '../python/repr';
import { PyTuple } from '../python/values';
import type { Generator } from '../random/generator';
import type { Shape } from '../tensor';
import { axisIn } from './axis';
import { Module } from './module';
import type { BoundArguments, ParameterSpec } from './signature';
import { ntuple, sizes } from './tuples';

/** Sizes along height and width. */
export interface PoolSizes {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

/** (N, C, H, W) or (C, H, W): a window slides over the last two axes. */
export abstract class Pool extends Module {
  override readonly moduleName = 'torch.nn.modules.pooling';

  /** Arguments are kept as they were given; a missing stride is the kernel size itself. */
  protected init(args: BoundArguments): this {
    for (const [name, value] of args) this.attributes.set(name, value);
    if (args.get('stride') === null) this.attributes.set('stride', args.get('kernel_size') ?? null);
    return this;
  }

  get windows(): PoolSizes {
    const of = (name: string): number[] => sizes(this.attribute(name), 2);
    return {
      kernel: of('kernel_size'),
      stride: of('stride'),
      padding: of('padding'),
      dilation: this.attributes.has('dilation') ? of('dilation') : [1, 1],
    };
  }

  protected shown(...names: string[]): string {
    return names.map((name) => `${name}=${pyRepr(this.attribute(name))}`).join(', ');
  }

  /** Raises what this pool raises before it looks at its windows. */
  protected abstract checkRank(input: Shape): void;

  override outputShape(input: Shape): Shape {
    this.checkRank(input);
    const { windows } = this;
    const ceil = Boolean(this.attribute('ceil_mode'));
    const counts = input.slice(-2).map((size, axis) => windowCount(size, axis, windows, ceil));
    checkPool(input, counts, windows);
    return [...input.slice(0, -2), ...counts];
  }
}

/** ATen/native/Pool.h, pooling_output_shape */
function windowCount(size: number, axis: number, windows: PoolSizes, ceil: boolean): number {
  const [kernel, stride, padding, dilation] = [
    windows.kernel[axis],
    windows.stride[axis],
    windows.padding[axis],
    windows.dilation[axis],
  ];
  if (stride === 0) throw runtimeError('stride should not be zero');
  if (padding < 0) throw runtimeError(`pad must be non-negative, but got pad: ${padding}`);
  if (padding > Math.trunc((dilation * (kernel - 1) + 1) / 2)) {
    throw runtimeError(
      `pad should be at most half of effective kernel size, but got pad=${padding}, kernel_size=${kernel} and dilation=${dilation}`,
    );
  }
  const room = size + 2 * padding - dilation * (kernel - 1) - 1;
  const count = Math.floor((room + (ceil ? stride - 1 : 0)) / stride) + 1;
  // A window must not start in the padding behind the input.
  return ceil && (count - 1) * stride >= size + padding ? count - 1 : count;
}

/** ATen/native/Pool.h, pool2d_shape_check */
function checkPool(input: Shape, counts: readonly number[], windows: PoolSizes): void {
  const { kernel, stride, padding, dilation } = windows;
  const positive = (sizes: readonly number[]): boolean => sizes.every((size) => size > 0);
  if (!positive(kernel))
    throw runtimeError(`kernel size should be greater than zero, but got kH: ${kernel[0]} kW: ${kernel[1]}`);
  if (!positive(stride))
    throw runtimeError(`stride should be greater than zero, but got dH: ${stride[0]} dW: ${stride[1]}`);
  if (!positive(dilation)) {
    throw runtimeError(
      `dilation should be greater than zero, but got dilationH: ${dilation[0]} dilationW: ${dilation[1]}`,
    );
  }
  if ((input.length !== 3 && input.length !== 4) || !positive(input.slice(-3))) {
    throw runtimeError(
      `Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:[${input.join(', ')}]`,
    );
  }
  if (padding.some((size, axis) => size > Math.trunc(kernel[axis] / 2))) {
    throw runtimeError(
      `pad should be smaller than or equal to half of kernel size, but got padW = ${padding[1]}, padH = ${padding[0]}, ` +
        `kW = ${kernel[1]}, kH = ${kernel[0]}`,
    );
  }
  if (!positive(counts)) {
    const [channels, height, width] = input.slice(-3);
    throw runtimeError(
      `Given input size: (${channels}x${height}x${width}). ` +
        `Calculated output size: (${channels}x${counts[0]}x${counts[1]}). Output size is too small`,
    );
  }
}

function runtimeError(message: string): PythonError {
  return new PythonError('RuntimeError', message);
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

  /** ATen/native/DilatedMaxPool2d.cpp */
  protected override checkRank(input: Shape): void {
    if (input.length !== 3 && input.length !== 4)
      throw runtimeError('non-empty 3D or 4D (batch mode) tensor expected for input');
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

  get countIncludePad(): boolean {
    return Boolean(this.attribute('count_include_pad'));
  }

  /** What every sum is divided by, whatever its window. */
  get divisorOverride(): number | null {
    return this.attribute('divisor_override') === null ? null : this.numberAttribute('divisor_override');
  }

  /** ATen/native/AveragePool2d.cpp: reads the divisor, then the size of the axis of channels. */
  protected override checkRank(input: Shape): void {
    if (this.divisorOverride === 0) throw runtimeError('divisor must be not zero');
    if (input.length === 0)
      throw new PythonError('IndexError', 'Dimension specified as -3 but tensor has no dimensions');
    axisIn(-3, input.length);
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

  /** Raises in the order of torch/nn/functional.py and ATen/native/AdaptiveAveragePooling.cpp. */
  override outputShape(input: Shape): Shape {
    const size = this.attribute('output_size');
    const isTuple = size instanceof PyTuple || Array.isArray(size);
    const given = ntuple(size, 2).items;
    if (isTuple && input.length <= given.length)
      throw new PythonError('ValueError', `Input dimension should be at least ${given.length + 1}`);
    if (given.length !== 2) throw runtimeError('adaptive_avg_pool2d: output_size must be 2');
    const windows = given.map((count, i) => (count === null ? input[input.length - 2 + i] : Number(count)));
    if (windows.some((count) => count < 0)) {
      throw runtimeError(
        `adaptive_avg_pool2d: elements of output_size must be greater than or equal to 0 but received {${windows.join(', ')}}`,
      );
    }
    // One window is a mean, which any two axes have.
    if (windows.some((count) => count !== 1)) checkAdaptive(input);
    return [...input.slice(0, -2), ...windows];
  }

  override extraRepr(): string {
    return `output_size=${pyRepr(this.attribute('output_size'))}`;
  }
}

function checkAdaptive(input: Shape): void {
  if (input.length !== 3 && input.length !== 4)
    throw runtimeError(`adaptive_avg_pool2d(): Expected 3D or 4D tensor, but got [${input.join(', ')}]`);
  for (const axis of [input.length - 2, input.length - 1]) {
    if (input[axis] > 0) continue;
    throw runtimeError(
      'adaptive_avg_pool2d(): Expected input to have non-zero size for non-batch dimensions, but input has sizes ' +
        `[${input.join(', ')}] with dimension ${axis} being empty`,
    );
  }
}
