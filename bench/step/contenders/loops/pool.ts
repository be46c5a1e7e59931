/** Max pooling over windows that do not overlap; remembers which element won. */
import type { Layer } from './layer';

export class MaxPool2d implements Layer {
  readonly parameters = [];
  private readonly kernel: number;
  private readonly width: number;
  private readonly out: Float32Array;
  private readonly winner: Int32Array;
  private readonly gradX: Float32Array;

  constructor(kernel: number, [rows, channels, height, width]: readonly number[]) {
    this.kernel = kernel;
    this.width = width;
    const size = rows * channels * height * width;
    this.out = new Float32Array(size / (kernel * kernel));
    this.winner = new Int32Array(this.out.length);
    this.gradX = new Float32Array(size);
  }

  forward(x: Float32Array): Float32Array {
    const { out, winner, kernel, width } = this;
    const pooledWidth = width / kernel;
    for (let i = 0; i < out.length; i++) {
      const first = Math.floor(i / pooledWidth) * kernel * width + (i % pooledWidth) * kernel;
      let best = first;
      for (let row = 0; row < kernel; row++) {
        for (let j = first + row * width; j < first + row * width + kernel; j++) if (x[j] > x[best]) best = j;
      }
      winner[i] = best;
      out[i] = x[best];
    }
    return out;
  }

  backward(grad: Float32Array): Float32Array {
    const { winner, gradX } = this;
    gradX.fill(0);
    for (let i = 0; i < grad.length; i++) gradX[winner[i]] = grad[i];
    return gradX;
  }
}
