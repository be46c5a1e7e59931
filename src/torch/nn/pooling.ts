/** `torch.nn.MaxPool2d` and `torch.nn.AvgPool2d` (torch/nn/modules/pooling.py). */
import { checkKernel, isFloatingKernelType } from '../dispatch';
import { type DType, dtypes } from '../dtype';
import { PythonError } from '../errors';
import {
  checkBoolArgument,
  checkIntArgument,
  checkIntsArgument,
  sequenceOf,
  unpackInts,
} from '../python/arguments';
import type { PyValue } from '../python/values';
import type { Generator } from '../random/generator';
import type { Shape } from '../tensor';
import { axisIn } from './axis';
import { Module } from './module';
import type { BoundArguments, ParameterSpec } from './signature';
import { sizes } from './tuples';

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
    const of = (name: string): number[] => pair(this.attribute(name));
    return {
      kernel: of('kernel_size'),
      stride: of('stride'),
      padding: of('padding'),
      dilation: this.attributes.has('dilation') ? of('dilation') : [1, 1],
    };
  }

  protected shown(...names: string[]): string {
    return names.map((name) => `${name}=${this.formatted(name)}`).join(', ');
  }

  /** The function in torch/nn/functional.py, for what it says. */
  protected abstract readonly functionName: string;

  /** Its arguments after `input`, in order: windows, flags, numbers. */
  protected abstract readonly callArguments: readonly (readonly [string, ArgumentKind])[];

  /** Raises what this pool raises before it looks at its windows. */
  protected abstract checkRank(input: Shape): void;

  /** Dtypes the pool's kernel is compiled for. */
  protected abstract takes(dtype: DType): boolean;

  override outputShape(input: Shape, dtype: DType = 'float32'): Shape {
    this.checkArguments();
    this.checkRank(input);
    const { windows } = this;
    const ceil = Boolean(this.attribute('ceil_mode'));
    const counts = input.slice(-2).map((size, axis) => windowCount(size, axis, windows, ceil));
    checkPool(input, counts, windows);
    checkKernel(this.functionName, dtype, this.takes);
    return [...input.slice(0, -2), ...counts];
  }

  private checkArguments(): void {
    const { functionName, callArguments } = this;
    for (const [i, [name, kind]] of callArguments.entries())
      checkType(functionName, name, i + 2, kind, this.attribute(name));
    const windows = callArguments.filter(([, kind]) => kind === 'window').map(([name]) => name);
    for (const name of [...windows].reverse()) unpackInts(functionName, name, this.attribute(name));
    for (const name of windows) checkLength(functionName, name, this.attribute(name));
  }
}

type ArgumentKind = 'window' | 'bool' | 'int or None';

function checkType(fn: string, name: string, position: number, kind: ArgumentKind, value: PyValue): void {
  if (kind === 'bool') checkBoolArgument(fn, name, position, value);
  else if (kind === 'int or None') {
    if (value !== null) checkIntArgument(fn, name, position, value);
  } else checkIntsArgument(fn, name, position, value);
}

function checkLength(fn: string, name: string, value: PyValue): void {
  if ((sequenceOf(value)?.length ?? 1) <= 2) return;
  const how =
    name === 'dilation' ? 'must be either' : `must either be${name === 'stride' ? ' omitted,' : ''}`;
  throw runtimeError(`${fn}: ${name} ${how} a single int, or a tuple of two ints`);
}

/** One size stands for both axes. */
function pair(value: PyValue): number[] {
  const given = sizes(value, 2);
  return given.length === 1 ? [given[0], given[0]] : given;
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
  protected override readonly functionName = 'max_pool2d';
  protected override readonly callArguments = [
    ['kernel_size', 'window'],
    ['stride', 'window'],
    ['padding', 'window'],
    ['dilation', 'window'],
    ['ceil_mode', 'bool'],
  ] as const;

  static create(args: BoundArguments, _generator: Generator): MaxPool2d {
    return new MaxPool2d().init(args);
  }

  /** ATen/native/DilatedMaxPool2d.cpp */
  protected override checkRank(input: Shape): void {
    if (input.length !== 3 && input.length !== 4)
      throw runtimeError('non-empty 3D or 4D (batch mode) tensor expected for input');
  }

  protected override takes(dtype: DType): boolean {
    return isFloatingKernelType(dtype) || dtypes[dtype].kind === 'int';
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
  protected override readonly functionName = 'avg_pool2d';
  protected override readonly callArguments = [
    ['kernel_size', 'window'],
    ['stride', 'window'],
    ['padding', 'window'],
    ['ceil_mode', 'bool'],
    ['count_include_pad', 'bool'],
    ['divisor_override', 'int or None'],
  ] as const;

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

  protected override takes(dtype: DType): boolean {
    return isFloatingKernelType(dtype) || dtype === 'int64';
  }

  override extraRepr(): string {
    return this.shown('kernel_size', 'stride', 'padding');
  }
}
