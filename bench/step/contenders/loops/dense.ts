/** Linear, ReLU and Dropout on rows of values. */
import { type Layer, type Parameter, parameter } from './layer';

export class Linear implements Layer {
  readonly parameters: readonly Parameter[];
  private readonly weight: Parameter;
  private readonly bias: Parameter;
  private readonly outputs: number;
  private readonly out: Float32Array;
  private readonly gradX: Float32Array;
  private x: Float32Array = new Float32Array();

  constructor(weight: Float32Array, bias: Float32Array, rows: number) {
    this.weight = parameter(weight);
    this.bias = parameter(bias);
    this.parameters = [this.weight, this.bias];
    this.outputs = bias.length;
    this.out = new Float32Array(rows * bias.length);
    this.gradX = new Float32Array((rows * weight.length) / bias.length);
  }

  forward(x: Float32Array): Float32Array {
    const { out, outputs } = this;
    const [weight, bias] = [this.weight.values, this.bias.values];
    const inputs = weight.length / outputs;
    this.x = x;
    for (let n = 0; n * outputs < out.length; n++) {
      for (let o = 0; o < outputs; o++) {
        let sum = bias[o];
        for (let i = 0; i < inputs; i++) sum += x[n * inputs + i] * weight[o * inputs + i];
        out[n * outputs + o] = sum;
      }
    }
    return out;
  }

  backward(grad: Float32Array, isFirst: boolean): Float32Array {
    const { x, gradX, outputs } = this;
    const weight = this.weight.values;
    const [gradWeight, gradBias] = [this.weight.grad, this.bias.grad];
    const inputs = weight.length / outputs;
    gradWeight.fill(0);
    gradBias.fill(0);
    gradX.fill(0);
    for (let n = 0; n * outputs < grad.length; n++) {
      for (let o = 0; o < outputs; o++) {
        const g = grad[n * outputs + o];
        gradBias[o] += g;
        for (let i = 0; i < inputs; i++) gradWeight[o * inputs + i] += g * x[n * inputs + i];
        if (isFirst) continue;
        for (let i = 0; i < inputs; i++) gradX[n * inputs + i] += g * weight[o * inputs + i];
      }
    }
    return gradX;
  }
}

export class ReLU implements Layer {
  readonly parameters = [];
  private readonly out: Float32Array;
  private readonly gradX: Float32Array;

  constructor(size: number) {
    this.out = new Float32Array(size);
    this.gradX = new Float32Array(size);
  }

  forward(x: Float32Array): Float32Array {
    const { out } = this;
    for (let i = 0; i < out.length; i++) out[i] = x[i] > 0 ? x[i] : 0;
    return out;
  }

  backward(grad: Float32Array): Float32Array {
    const { out, gradX } = this;
    for (let i = 0; i < gradX.length; i++) gradX[i] = out[i] > 0 ? grad[i] : 0;
    return gradX;
  }
}

export class Dropout implements Layer {
  readonly parameters = [];
  /** Set before each step. */
  mask: Float32Array = new Float32Array();
  private readonly out: Float32Array;
  private readonly gradX: Float32Array;

  constructor(size: number) {
    this.out = new Float32Array(size);
    this.gradX = new Float32Array(size);
  }

  forward(x: Float32Array, training: boolean): Float32Array {
    if (!training) return x;
    const { out, mask } = this;
    for (let i = 0; i < out.length; i++) out[i] = x[i] * mask[i];
    return out;
  }

  backward(grad: Float32Array): Float32Array {
    const { gradX, mask } = this;
    for (let i = 0; i < gradX.length; i++) gradX[i] = grad[i] * mask[i];
    return gradX;
  }
}
