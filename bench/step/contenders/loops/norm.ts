/** Batch normalisation of (rows, channels, plane). */
import { type Layer, type Parameter, parameter } from './layer';

const EPS = 1e-5;
const MOMENTUM = 0.1;

export interface BatchNormState {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly runningMean: Float32Array;
  readonly runningVar: Float32Array;
}

export class BatchNorm implements Layer {
  readonly parameters: readonly Parameter[];
  private readonly weight: Parameter;
  private readonly bias: Parameter;
  private readonly state: BatchNormState;
  private readonly plane: number;
  /** Elements of a channel, plane by plane. */
  private readonly count: number;
  private readonly out: Float32Array;
  private readonly normal: Float32Array;
  private readonly gradX: Float32Array;
  private readonly inverse: Float32Array;

  constructor(state: BatchNormState, size: number, plane: number) {
    this.state = state;
    this.weight = parameter(state.weight);
    this.bias = parameter(state.bias);
    this.parameters = [this.weight, this.bias];
    this.plane = plane;
    this.count = size / state.weight.length;
    this.out = new Float32Array(size);
    this.normal = new Float32Array(size);
    this.gradX = new Float32Array(size);
    this.inverse = new Float32Array(state.weight.length);
  }

  forward(x: Float32Array, training: boolean): Float32Array {
    const { out, normal, inverse, plane } = this;
    const channels = inverse.length;
    for (let c = 0; c < channels; c++) {
      const [mean, variance] = training
        ? this.batchStatistics(x, c)
        : [this.state.runningMean[c], this.state.runningVar[c]];
      inverse[c] = 1 / Math.sqrt(variance + EPS);
      const [scale, shift] = [this.weight.values[c], this.bias.values[c]];
      for (let start = c * plane; start < x.length; start += channels * plane) {
        for (let i = start; i < start + plane; i++) {
          normal[i] = (x[i] - mean) * inverse[c];
          out[i] = normal[i] * scale + shift;
        }
      }
    }
    return out;
  }

  backward(grad: Float32Array): Float32Array {
    const { normal, gradX, inverse, plane, count } = this;
    const channels = inverse.length;
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      let along = 0;
      for (let start = c * plane; start < grad.length; start += channels * plane) {
        for (let i = start; i < start + plane; i++) {
          sum += grad[i];
          along += grad[i] * normal[i];
        }
      }
      this.bias.grad[c] = sum;
      this.weight.grad[c] = along;
      const scale = this.weight.values[c] * inverse[c];
      for (let start = c * plane; start < grad.length; start += channels * plane) {
        for (let i = start; i < start + plane; i++) {
          gradX[i] = scale * (grad[i] - sum / count - (normal[i] * along) / count);
        }
      }
    }
    return gradX;
  }

  /** Moves the running statistics too. */
  private batchStatistics(x: Float32Array, c: number): [mean: number, variance: number] {
    const { plane, count, state } = this;
    const step = this.inverse.length * plane;
    let sum = 0;
    for (let start = c * plane; start < x.length; start += step) {
      for (let i = start; i < start + plane; i++) sum += x[i];
    }
    const mean = sum / count;
    let squares = 0;
    for (let start = c * plane; start < x.length; start += step) {
      for (let i = start; i < start + plane; i++) squares += (x[i] - mean) ** 2;
    }
    state.runningMean[c] += MOMENTUM * (mean - state.runningMean[c]);
    state.runningVar[c] += MOMENTUM * (squares / (count - 1) - state.runningVar[c]);
    return [mean, squares / count];
  }
}
