/** A convolution with stride 1: for each tap of the kernel, the rows it covers. */
import { type Layer, type Parameter, parameter } from './layer';

export class Conv2d implements Layer {
  readonly parameters: readonly Parameter[];
  private readonly weight: Parameter;
  private readonly bias: Parameter;
  private readonly kernel: number;
  private readonly padding: number;
  private readonly channels: number;
  private readonly outputs: number;
  private readonly rows: number;
  /** Height and width, before and after. */
  private readonly size: number;
  private readonly out: Float32Array;
  private readonly gradX: Float32Array;
  private x: Float32Array = new Float32Array();

  constructor(
    weight: Float32Array,
    bias: Float32Array,
    kernel: number,
    padding: number,
    input: readonly number[],
  ) {
    const [rows, channels, size] = input;
    if (2 * padding !== kernel - 1) throw new Error('only convolutions that keep the size');
    this.weight = parameter(weight);
    this.bias = parameter(bias);
    this.parameters = [this.weight, this.bias];
    this.kernel = kernel;
    this.padding = padding;
    this.channels = channels;
    this.outputs = bias.length;
    this.rows = rows;
    this.size = size;
    this.out = new Float32Array(rows * bias.length * size * size);
    this.gradX = new Float32Array(rows * channels * size * size);
  }

  forward(x: Float32Array): Float32Array {
    const { out, size } = this;
    const [weight, bias] = [this.weight.values, this.bias.values];
    const plane = size * size;
    this.x = x;
    for (let p = 0; p * plane < out.length; p++) {
      out.fill(bias[p % this.outputs], p * plane, (p + 1) * plane);
    }
    this.eachTap((from, to, tap, dy, dx) => addMoved(out, to, x, from, weight[tap], size, dy, dx));
    return out;
  }

  backward(grad: Float32Array, isFirst: boolean): Float32Array {
    const { x, gradX, size } = this;
    const weight = this.weight.values;
    const [gradWeight, gradBias] = [this.weight.grad, this.bias.grad];
    const plane = size * size;
    gradWeight.fill(0);
    gradBias.fill(0);
    gradX.fill(0);
    for (let i = 0; i < grad.length; i++) gradBias[Math.floor(i / plane) % this.outputs] += grad[i];
    this.eachTap((from, to, tap, dy, dx) => {
      gradWeight[tap] += productMoved(grad, to, x, from, size, dy, dx);
      if (!isFirst) addMoved(gradX, from, grad, to, weight[tap], size, -dy, -dx);
    });
    return gradX;
  }

  /** Where a plane of x and one of the output begin, the tap between them, and how far it reaches down and right. */
  private eachTap(visit: (from: number, to: number, tap: number, dy: number, dx: number) => void): void {
    const { rows, channels, outputs, kernel, padding } = this;
    const plane = this.size * this.size;
    for (let n = 0; n < rows; n++) {
      for (let o = 0; o < outputs; o++) {
        for (let c = 0; c < channels; c++) {
          for (let i = 0; i < kernel * kernel; i++) {
            const dy = Math.floor(i / kernel) - padding;
            const dx = (i % kernel) - padding;
            const tap = (o * channels + c) * kernel * kernel + i;
            visit((n * channels + c) * plane, (n * outputs + o) * plane, tap, dy, dx);
          }
        }
      }
    }
  }
}

/** Adds to the plane of `out` at `to` the one of x at `from`, moved up by dy and left by dx, times a factor. */
function addMoved(
  out: Float32Array,
  to: number,
  x: Float32Array,
  from: number,
  factor: number,
  size: number,
  dy: number,
  dx: number,
): void {
  const [left, right] = [Math.max(0, -dx), Math.min(size, size - dx)];
  for (let row = Math.max(0, -dy); row < Math.min(size, size - dy); row++) {
    const target = to + row * size;
    const source = from + (row + dy) * size + dx;
    for (let i = left; i < right; i++) out[target + i] += factor * x[source + i];
  }
}

/** The sum of products of the plane of y at `to` with the one of x at `from`, moved up by dy and left by dx. */
function productMoved(
  y: Float32Array,
  to: number,
  x: Float32Array,
  from: number,
  size: number,
  dy: number,
  dx: number,
): number {
  const [left, right] = [Math.max(0, -dx), Math.min(size, size - dx)];
  let sum = 0;
  for (let row = Math.max(0, -dy); row < Math.min(size, size - dy); row++) {
    const target = to + row * size;
    const source = from + (row + dy) * size + dx;
    for (let i = left; i < right; i++) sum += y[target + i] * x[source + i];
  }
  return sum;
}
