/** `torch.nn.init`: how fresh parameters are drawn. One draw an element, row-major. */
import { uniform } from '../random/distributions';
import type { Generator } from '../random/generator';
import { normal } from '../random/normal';
import { numelOf, Parameter, type Shape, Tensor } from '../tensor';
import { userWarning, type Warn } from '../warnings';

/**
 * `kaiming_uniform_(a=sqrt(5))` of a weight: uniform in ±1/sqrt(fan_in). Warns of a weight without elements.
 */
export function kaimingUniform(generator: Generator, shape: Shape, fanIn: number, warn: Warn): Parameter {
  if (shape.includes(0)) warn(userWarning('Initializing zero-element tensors is a no-op'));
  return uniformByFanIn(generator, shape, fanIn);
}

/** Uniform in ±1/sqrt(fan_in) (torch/nn/modules/linear.py, reset_parameters). */
export function uniformByFanIn(generator: Generator, shape: Shape, fanIn: number): Parameter {
  return uniformWithin(generator, shape, fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0);
}

/** `uniform_(-bound, bound)` */
export function uniformWithin(generator: Generator, shape: Shape, bound: number): Parameter {
  const data = Tensor.float32(uniform(generator, numelOf(shape), -bound, bound), shape);
  return written(new Parameter(data));
}

/** `xavier_uniform_` of a new parameter. */
export function xavierUniform(generator: Generator, shape: Shape): Parameter {
  const parameter = new Parameter(filled(shape, 0));
  refillXavierUniform(generator, parameter);
  return parameter;
}

/** `xavier_uniform_(parameter)`: in place. */
export function refillXavierUniform(generator: Generator, parameter: Parameter): void {
  const bound = Math.sqrt(3) * xavierStd(parameter.shape);
  parameter.float32Data().set(uniform(generator, parameter.numel, -bound, bound));
}

/** `xavier_normal_` of a new parameter; draws as `normal_` does. */
export function xavierNormal(generator: Generator, shape: Shape): Parameter {
  return new Parameter(Tensor.float32(normal(generator, numelOf(shape), 0, xavierStd(shape)), shape));
}

/** `_calculate_fan_in_and_fan_out`: each counts the elements one output or input sees. */
function xavierStd([fanOut, fanIn, ...receptive]: Shape): number {
  return Math.sqrt(2 / ((fanIn + fanOut) * numelOf(receptive)));
}

/** A parameter or buffer filled with one value; draws nothing. */
export function filled(shape: Shape, value: number): Tensor {
  return written(Tensor.float32(new Float32Array(numelOf(shape)).fill(value), shape));
}

/** PyTorch makes it empty and fills it in place, which its version counts. */
export function written<T extends Tensor>(tensor: T): T {
  tensor.version.count = 1;
  return tensor;
}
