/** `torch.nn.Conv1d` and `torch.nn.Conv2d` (torch/nn/modules/conv.py; checks in ATen/native/Convolution.cpp). */
import { PythonError } from '../errors';
import { pyRepr } from '../python/repr';
import { PyTuple, type PyValue, toNumber } from '../python/values';
import type { Generator } from '../random/generator';
import { numelOf, type Shape } from '../tensor';
import { uniformByFanIn } from './init';
import { Module } from './module';
import { type BoundArguments, deviceAndDtype, type ParameterSpec } from './signature';
import { ntuple, sizes } from './tuples';

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

/** Cross-correlation over the last n axes: (N, C_in, ...) or (C_in, ...) to C_out channels. */
abstract class Conv extends Module {
  override readonly moduleName = 'torch.nn.modules.conv';
  /** Axes a kernel spans. */
  protected abstract readonly axes: number;

  /** Draws weight (out, in / groups, ...kernel), then bias. Raises ValueError where groups do not divide the channels. */
  protected init(args: BoundArguments, generator: Generator): this {
    const n = this.axes;
    const given = (name: string): PyValue => args.get(name) ?? null;
    const [inChannels, outChannels, groups] = ['in_channels', 'out_channels', 'groups'].map((name) =>
      toNumber(given(name)),
    );
    checkGroups(inChannels, outChannels, groups);
    const padding = given('padding');
    checkPadding(padding, ntuple(given('stride'), n), given('padding_mode'));
    const kernel = ntuple(given('kernel_size'), n);
    const dilation = ntuple(given('dilation'), n);
    const tuple = typeof padding === 'string' ? padding : ntuple(padding, n);
    const attributes: [string, PyValue][] = [
      ['in_channels', inChannels],
      ['out_channels', outChannels],
      ['kernel_size', kernel],
      ['stride', ntuple(given('stride'), n)],
      ['padding', tuple],
      ['dilation', dilation],
      ['transposed', false],
      ['output_padding', ntuple(0, n)],
      ['groups', groups],
      ['padding_mode', given('padding_mode')],
      ['_reversed_padding_repeated_twice', reversedTwice(tuple, kernel, dilation)],
    ];
    for (const [name, value] of attributes) this.attributes.set(name, value);
    const shape = [outChannels, inChannels / groups, ...kernel.items.map(toNumber)];
    const fanIn = numelOf(shape.slice(1));
    this.parameters.set('weight', uniformByFanIn(generator, shape, fanIn));
    this.parameters.set('bias', given('bias') ? uniformByFanIn(generator, [outChannels], fanIn) : null);
    return this;
  }

  get groups(): number {
    return this.numberAttribute('groups');
  }

  /** Along each axis. */
  get stride(): readonly number[] {
    return sizes(this.attribute('stride'), this.axes);
  }

  get dilation(): readonly number[] {
    return sizes(this.attribute('dilation'), this.axes);
  }

  /** Zeros before and after each axis; 'same' puts the odd one after (ATen/native/Convolution.cpp, convolution_same). */
  get paddedSides(): readonly (readonly [number, number])[] {
    const padding = this.attribute('padding');
    if (padding === 'valid') return this.dilation.map(() => [0, 0]);
    if (padding !== 'same') return sizes(padding, this.axes).map((size) => [size, size]);
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

  override outputShape(input: Shape): Shape {
    const n = this.axes;
    const weight = this.requireTensor(this.parameters, 'weight').shape;
    if (input.length !== n + 1 && input.length !== n + 2) {
      throw runtimeError(
        `Expected ${n + 1}D (unbatched) or ${n + 2}D (batched) input to conv${n}d, but got input of size: [${input.join(', ')}]`,
      );
    }
    this.checkSliding();
    this.checkChannels(input, weight);
    return [...input.slice(0, -n - 1), weight[0], ...this.spatialShape(input.slice(-n), weight.slice(2))];
  }

  override warnings(input: Shape): readonly string[] {
    const rank = input.length - this.axes;
    if ((rank !== 1 && rank !== 2) || !this.padsUnevenly) return [];
    return [
      "Using padding='same' with even kernel lengths and odd dilation may require a zero-padded copy of the input be " +
        'created (Triggered internally at /__w/pytorch/pytorch/aten/src/ATen/native/Convolution.cpp:1101.)',
    ];
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
    const plain = (name: string): string => {
      const value = this.attribute(name);
      return typeof value === 'string' ? value : pyRepr(value);
    };
    const all = (name: string, usual: number): boolean => {
      const value = this.attribute(name);
      return value instanceof PyTuple && value.items.every((item) => item === usual);
    };
    const parts = [plain('in_channels'), plain('out_channels')];
    for (const name of ['kernel_size', 'stride']) parts.push(`${name}=${plain(name)}`);
    if (!all('padding', 0)) parts.push(`padding=${plain('padding')}`);
    if (!all('dilation', 1)) parts.push(`dilation=${plain('dilation')}`);
    if (!all('output_padding', 0)) parts.push(`output_padding=${plain('output_padding')}`);
    if (this.attribute('groups') !== 1) parts.push(`groups=${plain('groups')}`);
    if (!this.parameters.get('bias')) parts.push('bias=False');
    const mode = this.attributes.get('padding_mode') ?? 'zeros';
    if (mode !== 'zeros') parts.push(`padding_mode=${String(mode)}`);
    return parts.join(', ');
  }
}

function runtimeError(message: string): PythonError {
  return new PythonError('RuntimeError', message);
}

/** ATen/native/ConvolutionMM2d.cpp */
function emptyKernel([height, width = 1]: Shape): PythonError {
  return runtimeError(
    `kernel size should be greater than zero, but got kernel_height: ${height} kernel_width: ${width}`,
  );
}

/** torch/nn/modules/conv.py, _ConvNd.__init__; the modes stand in the order of its set's repr. */
function checkPadding(padding: PyValue, stride: PyTuple, mode: PyValue): void {
  if (typeof padding === 'string') {
    if (padding !== 'same' && padding !== 'valid') {
      throw new PythonError(
        'ValueError',
        `Invalid padding string ${pyRepr(padding)}, should be one of {'valid', 'same'}`,
      );
    }
    if (padding === 'same' && stride.items.some((step) => step !== 1))
      throw new PythonError('ValueError', "padding='same' is not supported for strided convolutions");
  }
  if (!['zeros', 'reflect', 'replicate', 'circular'].includes(String(mode))) {
    throw new PythonError(
      'ValueError',
      `padding_mode must be one of {'zeros', 'reflect', 'replicate', 'circular'}, but got padding_mode=${pyRepr(mode)}`,
    );
  }
}

function checkGroups(inChannels: number, outChannels: number, groups: number): void {
  if (groups <= 0) throw new PythonError('ValueError', 'groups must be a positive integer');
  if (inChannels % groups !== 0)
    throw new PythonError('ValueError', 'in_channels must be divisible by groups');
  if (outChannels % groups !== 0)
    throw new PythonError('ValueError', 'out_channels must be divisible by groups');
}

/** What `F.pad` would be given, kept by every convolution: a tuple, or a list where the padding is a word. */
function reversedTwice(padding: PyTuple | string, kernel: PyTuple, dilation: PyTuple): PyValue {
  if (typeof padding !== 'string')
    return new PyTuple([...padding.items].reverse().flatMap((item) => [item, item]));
  const n = kernel.items.length;
  const out = new Array<PyValue>(2 * n).fill(0);
  if (padding !== 'same') return out;
  for (let i = 0; i < n; i++) {
    const axis = n - 1 - i;
    const total = toNumber(dilation.items[axis]) * (toNumber(kernel.items[axis]) - 1);
    out[2 * i] = Math.floor(total / 2);
    out[2 * i + 1] = total - Math.floor(total / 2);
  }
  return out;
}

/** (N, C, L) */
export class Conv1d extends Conv {
  static readonly kind = 'Conv1d';
  static readonly signature = signature;
  override readonly className = Conv1d.kind;
  protected override readonly axes = 1;

  static create(args: BoundArguments, generator: Generator): Conv1d {
    return new Conv1d().init(args, generator);
  }
}

/** (N, C, H, W) */
export class Conv2d extends Conv {
  static readonly kind = 'Conv2d';
  static readonly signature = signature;
  override readonly className = Conv2d.kind;
  protected override readonly axes = 2;

  static create(args: BoundArguments, generator: Generator): Conv2d {
    return new Conv2d().init(args, generator);
  }
}
