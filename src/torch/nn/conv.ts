/** `torch.nn.Conv1d`, `Conv2d` and `Conv3d` (torch/nn/modules/conv.py; checks in ATen/native/Convolution.cpp). */
import { checkKernel, unexpectedType } from '../dispatch';
import { type DType, dtypes } from '../dtype';
import { PythonError } from '../errors';
import { isPlainInt, sequenceOf, unpackInts } from '../python/arguments';
import { pyRepr } from '../python/repr';
import type { PyValue } from '../python/values';
import type { Generator } from '../random/generator';
import { numelOf, type Shape } from '../tensor';
import { silent, userWarning, type Warn } from '../warnings';
import { invalidCombination } from './conv-arguments';
import { completeConvState, convRepr, initConv } from './conv-base';
import { Module } from './module';
import { type BoundArguments, deviceAndDtype, type ParameterSpec } from './signature';
import { sizes } from './tuples';

const signature: readonly ParameterSpec[] = [
  { name: 'in_channels' },
  { name: 'out_channels' },
  { name: 'kernel_size' },
  { name: 'stride', default: 1 },
  { name: 'padding', default: 0 },
  { name: 'dilation', default: 1 },
  { name: 'groups', default: 1 },
  { name: 'bias', default: true },
  { name: 'padding_mode', default: 'zeros' },
  ...deviceAndDtype,
];

const PADS_UNEVENLY =
  "Using padding='same' with even kernel lengths and odd dilation may require a zero-padded copy of the input be " +
  'created (Triggered internally at /__w/pytorch/pytorch/aten/src/ATen/native/Convolution.cpp:1101.)';

/** Cross-correlation over the last n axes: (N, C_in, ...) or (C_in, ...) to C_out channels. */
export abstract class Conv extends Module {
  override readonly moduleName = 'torch.nn.modules.conv';
  /** Axes a kernel spans. */
  protected abstract readonly axes: number;

  protected init(args: BoundArguments, generator: Generator, warn: Warn): this {
    initConv(this, args, { axes: this.axes, transposed: false }, generator, warn);
    return this;
  }

  override completeState(): void {
    completeConvState(this);
  }

  get groups(): number {
    return this.numberAttribute('groups');
  }

  /** Along each axis. */
  get stride(): readonly number[] {
    return alongAxes(this.attribute('stride'), this.axes);
  }

  get dilation(): readonly number[] {
    return alongAxes(this.attribute('dilation'), this.axes);
  }

  /** Zeros before and after each axis; 'same' puts the odd one after (ATen/native/Convolution.cpp, convolution_same). */
  get paddedSides(): readonly (readonly [number, number])[] {
    const padding = this.attribute('padding');
    if (padding === 'valid') return this.dilation.map(() => [0, 0]);
    if (padding !== 'same') return alongAxes(padding, this.axes).map((size) => [size, size]);
    const { dilation } = this;
    const kernel = this.requireTensor(this.parameters, 'weight').shape.slice(2);
    return kernel.map((size, axis) => {
      const total = dilation[axis] * (size - 1);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    });
  }

  /** Whether 'same' has to pad one side more, which it does in a copy of the input. */
  private get padsUnevenly(): boolean {
    return this.attribute('padding') === 'same' && this.paddedSides.some(([before, after]) => before < after);
  }

  /** The function in torch that computes it. */
  get functionName(): string {
    return `conv${this.axes}d`;
  }

  /** What that function is given besides the input. */
  get functionArguments(): readonly PyValue[] {
    const { parameters } = this;
    const tensors = ['weight', 'bias'].map((name) => parameters.get(name) ?? null);
    return [...tensors, ...['stride', 'padding', 'dilation', 'groups'].map((name) => this.attribute(name))];
  }

  override outputShape(input: Shape, dtype: DType = 'float32', warn: Warn = silent): Shape {
    const n = this.axes;
    this.checkArguments();
    const { shape: weight, dtype: weightType } = this.requireTensor(this.parameters, 'weight');
    this.checkBiasType(dtype);
    if (input.length !== n + 1 && input.length !== n + 2) {
      throw runtimeError(
        `Expected ${n + 1}D (unbatched) or ${n + 2}D (batched) input to conv${n}d, but got input of size: [${input.join(', ')}]`,
      );
    }
    if (this.padsUnevenly) warn(userWarning(PADS_UNEVENLY));
    this.checkLengths(weight.length - 2);
    this.checkSliding();
    this.checkChannels(input, weight);
    const spatial = this.spatialShape(input.slice(-n), weight.slice(2));
    if (numelOf(input) > 0 && dtype !== weightType) throw this.wrongType(dtype, weightType);
    return [...input.slice(0, -n - 1), weight[0], ...spatial];
  }

  private checkArguments(): void {
    const padded =
      this.attribute('padding_mode') !== 'zeros' || typeof this.attribute('padding') === 'string';
    const names = ['dilation', ...(padded ? [] : ['padding']), 'stride'];
    if (!names.every((name) => startsWithInt(this.attribute(name))))
      throw invalidCombination(this.functionName, undefined, this.functionArguments);
    for (const name of names) unpackInts(this.functionName, name, this.attribute(name));
  }

  /** Only the signature with numbers as padding compares with the bias (ATen/native/Convolution.cpp, conv2d). */
  private checkBiasType(dtype: DType): void {
    const bias = this.parameters.get('bias');
    const byWord =
      typeof this.attribute('padding') === 'string' && this.attribute('padding_mode') === 'zeros';
    if (!bias || byWord || bias.dtype === dtype) return;
    throw runtimeError(
      `Input type (${dtypes[dtype].cppType}) and bias type (${dtypes[bias.dtype].cppType}) should be the same`,
    );
  }

  private wrongType(dtype: DType, weight: DType): PythonError {
    const kernel = this.dilation.some((step) => step !== 1) ? 'slow_conv_dilated<>' : 'slow_conv2d_cpu';
    checkKernel(kernel, dtype, (other) => other !== 'bool');
    return unexpectedType(dtype, weight);
  }

  /** ATen/native/utils/ParamUtils.h, expand_param_if_needed: a size for each axis of the kernel, or one for all. */
  private checkLengths(axes: number): void {
    for (const name of ['stride', 'padding', 'dilation']) {
      const given = sequenceOf(this.attribute(name));
      if (!given || given.length === 1 || given.length === axes) continue;
      throw runtimeError(
        `expected ${name} to be a single integer value or a list of ${axes} values to match the convolution ` +
          `dimensions, but got ${name}=${pyRepr([...given])}`,
      );
    }
  }

  private checkSliding(): void {
    const { dilation } = this;
    if (this.paddedSides.some(([before]) => before < 0))
      throw runtimeError('negative padding is not supported');
    if (this.stride.some((step) => step <= 0)) throw runtimeError('non-positive stride is not supported');
    if (dilation.some((step) => step <= 0))
      throw runtimeError(`dilation should be greater than zero, but got [${dilation.join(', ')}]`);
  }

  private checkChannels(input: Shape, weight: Shape): void {
    const { groups } = this;
    const channels = input[input.length - this.axes - 1];
    const expected = weight[1] * groups;
    if (channels === expected) return;
    const batched = input.length === this.axes + 2 ? input : [1, ...input];
    const sides = this.padsUnevenly ? this.paddedSides : [];
    const seen = batched.map((size, axis) => {
      const [before, after] = sides[axis - 2] ?? [0, 0];
      return size + after - before;
    });
    throw runtimeError(
      `Given groups=${groups}, weight of size [${weight.join(', ')}], expected input[${seen.join(', ')}] to have ` +
        `${expected} channels, but got ${channels} channels instead`,
    );
  }

  private spatialShape(input: Shape, kernel: Shape): number[] {
    const { stride, dilation, paddedSides } = this;
    const padded = input.map((size, i) => size + paddedSides[i][0] + paddedSides[i][1]);
    const reach = kernel.map((size, i) => dilation[i] * (size - 1) + 1);
    if (padded.some((size, i) => size < reach[i])) {
      throw runtimeError(
        `Calculated padded input size per channel: (${padded.join(' x ')}). Kernel size: (${reach.join(' x ')}). ` +
          "Kernel size can't be greater than actual input size",
      );
    }
    if (kernel.some((size) => size <= 0)) throw emptyKernel(kernel);
    return padded.map((size, i) => Math.floor((size - reach[i]) / stride[i]) + 1);
  }

  override extraRepr(): string {
    return convRepr(this);
  }
}

/** Whether it is a sequence whose first item, if it has one, is an int. */
function startsWithInt(value: PyValue): boolean {
  const items = sequenceOf(value);
  return items !== null && (items.length === 0 || isPlainInt(items[0]));
}

/** A single size stands for every axis. */
function alongAxes(value: PyValue, axes: number): readonly number[] {
  const given = sizes(value, axes);
  return given.length === 1 ? new Array<number>(axes).fill(given[0]) : given;
}

function runtimeError(message: string): PythonError {
  return new PythonError('RuntimeError', message);
}

/** ATen/native/ConvolutionMM2d.cpp */
function emptyKernel(kernel: Shape): PythonError {
  const [height, width] = kernel.length === 1 ? [1, kernel[0]] : kernel;
  return runtimeError(
    `kernel size should be greater than zero, but got kernel_height: ${height} kernel_width: ${width}`,
  );
}

/** (N, C, L) */
export class Conv1d extends Conv {
  static readonly kind = 'Conv1d';
  static readonly signature = signature;
  override readonly className = Conv1d.kind;
  protected override readonly axes = 1;

  static create(args: BoundArguments, generator: Generator, warn: Warn): Conv1d {
    return new Conv1d().init(args, generator, warn);
  }
}

/** (N, C, H, W) */
export class Conv2d extends Conv {
  static readonly kind = 'Conv2d';
  static readonly signature = signature;
  override readonly className = Conv2d.kind;
  protected override readonly axes = 2;

  static create(args: BoundArguments, generator: Generator, warn: Warn): Conv2d {
    return new Conv2d().init(args, generator, warn);
  }
}

/** (N, C, D, H, W) */
export class Conv3d extends Conv {
  static readonly kind = 'Conv3d';
  static readonly signature = signature;
  override readonly className = Conv3d.kind;
  protected override readonly axes = 3;

  static create(args: BoundArguments, generator: Generator, warn: Warn): Conv3d {
    return new Conv3d().init(args, generator, warn);
  }
}
