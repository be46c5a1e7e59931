/** `torch.nn.init`: how fresh parameters are drawn. */
import { uniform } from '../random/distributions';
import type { Generator } from '../random/generator';
import { numelOf, Parameter, type Shape, Tensor } from '../tensor';

/**
 * What `kaiming_uniform_(a=sqrt(5))` comes to for Linear and Conv: uniform in ±1/sqrt(fan_in)
 * (torch/nn/modules/linear.py, reset_parameters). One draw an element, row-major.
 */
export function uniformByFanIn(generator: Generator, shape: Shape, fanIn: number): Parameter {
  const bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
  return new Parameter(Tensor.float32(uniform(generator, numelOf(shape), -bound, bound), shape));
}

/** A parameter or buffer filled with one value; draws nothing. */
export function filled(shape: Shape, value: number): Tensor {
  return Tensor.float32(new Float32Array(numelOf(shape)).fill(value), shape);
}
