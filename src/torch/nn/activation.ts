/** Activations (torch/nn/modules/activation.py). */
import { checkKernel, isFloatingKernelType } from '../dispatch';
import { type DType, dtypes } from '../dtype';
import { PythonError } from '../errors';
import { floatResult } from '../functions/elementwise';
import { argumentError, checkIntArgument } from '../python/arguments';
import { pyRepr } from '../python/repr';
import { isNumber, PyFloat } from '../python/values';
import type { Generator } from '../random/generator';
import type { Shape } from '../tensor';
import { silent, userWarning, type Warn } from '../warnings';
import { axisIn } from './axis';
import { Module } from './module';
import type { BoundArguments, ParameterSpec } from './signature';

/** An activation of each element by itself, whose arguments are its attributes. Any shape. */
abstract class Elementwise extends Module {
  override readonly moduleName = 'torch.nn.modules.activation';

  protected init(args: BoundArguments): this {
    for (const [name, value] of args) this.attributes.set(name, value);
    return this;
  }

  override outputShape(input: Shape): Shape {
    for (const name of this.needed) this.attribute(name);
    return input;
  }

  /** Attributes that `forward` reads: a file of an older torch may lack them. */
  protected abstract readonly needed: readonly string[];

  protected shown(name: string): string {
    return `${name}=${this.formatted(name)}`;
  }
}

/** `max(0, x)` */
export class ReLU extends Elementwise {
  static readonly kind = 'ReLU';
  static readonly signature: readonly ParameterSpec[] = [{ name: 'inplace', default: false }];
  override readonly className = ReLU.kind;
  protected override readonly needed = ['inplace'];

  static create(args: BoundArguments, _generator: Generator): ReLU {
    return new ReLU().init(args);
  }

  override outputShape(input: Shape, dtype: DType = 'float32'): Shape {
    checkRelu(dtype);
    return super.outputShape(input);
  }

  override extraRepr(): string {
    return this.attribute('inplace') ? 'inplace=True' : '';
  }
}

/** Raises RuntimeError for bools (ATen/native/Activation.cpp, relu), NotImplementedError for complex numbers. */
export function checkRelu(dtype: DType): void {
  if (dtype === 'bool') throw new PythonError('RuntimeError', 'Boolean inputs not supported for relu');
  if (dtypes[dtype].kind === 'complex')
    throw new PythonError('NotImplementedError', 'clamp is not supported for complex types');
}

/** An activation that computes in floats: integers and bools become float32. */
abstract class Transcendental extends Elementwise {
  protected override readonly needed = [];

  override outputDtype(input: DType): DType {
    return floatResult(input);
  }
}

/** `1 / (1 + exp(-x))` */
export class Sigmoid extends Transcendental {
  static readonly kind = 'Sigmoid';
  static readonly signature: readonly ParameterSpec[] = [];
  override readonly className = Sigmoid.kind;

  static create(args: BoundArguments, _generator: Generator): Sigmoid {
    return new Sigmoid().init(args);
  }
}

export class Tanh extends Transcendental {
  static readonly kind = 'Tanh';
  static readonly signature: readonly ParameterSpec[] = [];
  override readonly className = Tanh.kind;

  static create(args: BoundArguments, _generator: Generator): Tanh {
    return new Tanh().init(args);
  }
}

/** `x` above zero, `negative_slope * x` below. */
export class LeakyReLU extends Elementwise {
  static readonly kind = 'LeakyReLU';
  static readonly signature: readonly ParameterSpec[] = [
    { name: 'negative_slope', default: new PyFloat(0.01) },
    { name: 'inplace', default: false },
  ];
  override readonly className = LeakyReLU.kind;
  protected override readonly needed = ['negative_slope', 'inplace'];

  static create(args: BoundArguments, _generator: Generator): LeakyReLU {
    return new LeakyReLU().init(args);
  }

  get negativeSlope(): number {
    return this.numberAttribute('negative_slope');
  }

  override outputShape(input: Shape, dtype: DType = 'float32'): Shape {
    const slope = this.attribute('negative_slope');
    if (!isNumber(slope)) throw argumentError('leaky_relu', 'negative_slope', 2, 'Number', slope);
    checkKernel('leaky_relu_cpu', dtype, isFloatingKernelType);
    return super.outputShape(input);
  }

  override extraRepr(): string {
    return this.shown('negative_slope') + (this.attribute('inplace') ? ', inplace=True' : '');
  }
}

/** `x * Phi(x)`, exactly or by tanh. Files saved before 1.12 lack `approximate` and fail in forward. */
export class GELU extends Elementwise {
  static readonly kind = 'GELU';
  static readonly signature: readonly ParameterSpec[] = [{ name: 'approximate', default: 'none' }];
  override readonly className = GELU.kind;
  protected override readonly needed = ['approximate'];

  static create(args: BoundArguments, _generator: Generator): GELU {
    return new GELU().init(args);
  }

  /** Raises RuntimeError for a way of approximating that PyTorch does not know: as there, when the layer is called. */
  get approximate(): 'none' | 'tanh' {
    const value = this.attribute('approximate');
    if (value === 'none' || value === 'tanh') return value;
    if (typeof value !== 'string') throw argumentError('gelu', 'approximate', null, 'str', value);
    // ATen/native/Activation.h, get_gelutype_enum
    throw new PythonError('RuntimeError', 'approximate argument must be either none or tanh.');
  }

  override outputShape(input: Shape, dtype: DType = 'float32'): Shape {
    void this.approximate;
    checkKernel('GeluKernelImpl', dtype, isFloatingKernelType);
    return input;
  }

  override extraRepr(): string {
    return `approximate=${pyRepr(this.attribute('approximate'))}`;
  }
}

/** What Softmax and LogSoftmax share: the axis `dim`. */
abstract class AlongDim extends Elementwise {
  protected override readonly needed = ['dim'];

  /** Torch 1.0 and older wrote none. */
  override completeState(): void {
    if (!this.attributes.has('dim')) this.attributes.set('dim', null);
  }

  /** The function in torch/nn/functional.py, for what it says. */
  protected abstract readonly functionName: string;

  get dim(): number | null {
    return this.attribute('dim') === null ? null : this.numberAttribute('dim');
  }

  /** The axis, from 0. Raises IndexError for one the input lacks. Without `dim`: functional.py, _get_softmax_dim. */
  axisOf(input: Shape): number {
    const implicit = [0, 1, 3].includes(input.length) ? 0 : 1;
    return axisIn(this.dim ?? implicit, input.length);
  }

  override outputShape(input: Shape, dtype: DType = 'float32', warn: Warn = silent): Shape {
    const dim = this.attribute('dim');
    if (dim === null) warn(userWarning(implicitDim(this.functionName)));
    else checkIntArgument(this.functionName, 'dim', 1, dim);
    checkSoftmax(this.functionName, dtype, this.axisOf(input), input.length);
    return input;
  }

  override extraRepr(): string {
    return this.shown('dim');
  }
}

/** Sums to one along `dim`. */
export class Softmax extends AlongDim {
  static readonly kind = 'Softmax';
  static readonly signature: readonly ParameterSpec[] = [{ name: 'dim', default: null }];
  override readonly className = Softmax.kind;
  protected override readonly functionName = 'softmax';

  static create(args: BoundArguments, _generator: Generator): Softmax {
    return new Softmax().init(args);
  }
}

export class LogSoftmax extends AlongDim {
  static readonly kind = 'LogSoftmax';
  static readonly signature: readonly ParameterSpec[] = [{ name: 'dim', default: null }];
  override readonly className = LogSoftmax.kind;
  protected override readonly functionName = 'log_softmax';

  static create(args: BoundArguments, _generator: Generator): LogSoftmax {
    return new LogSoftmax().init(args);
  }
}

/** The kernels of softmax and log_softmax, which differ by whether the axis is the last (ATen/native/cpu/SoftMaxKernel.cpp). */
export function checkSoftmax(fn: string, dtype: DType, axis: number, rank: number): void {
  const lastDim = axis === Math.max(rank, 1) - 1 ? '_lastdim' : '';
  checkKernel(`${fn}${lastDim}_kernel_impl`, dtype, isFloatingKernelType);
}

/** torch/nn/functional.py, _get_softmax_dim */
function implicitDim(fn: string): string {
  return (
    `Implicit dimension choice for ${fn} has been deprecated. ` +
    'Change the call to include dim=X as an argument.'
  );
}
