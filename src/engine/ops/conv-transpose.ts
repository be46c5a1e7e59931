/**
 * Transposed convolution: what `conv` with this weight sends back to its input. y (N, O, H', W'), weight
 * (O, C / groups, kh, kw) -> (N, C, ...size), where `size` says which of the inputs that give H' x W' is meant.
 */
import { expandTo } from './broadcast';
import type { Op } from './op';
import { tapsOf } from './windows';

export const convTranspose: Op<'convTranspose'> = {
  shape([y, weight], { groups, size }) {
    if (y.length !== 4 || weight.length !== 4 || y[1] !== weight[0])
      throw new Error(`transposed convolution of [${y}] by [${weight}]`);
    return [y[0], weight[1] * groups, ...size];
  },
  kernel([y, weight], out, attributes) {
    const ys = y.data;
    const [batch, channels, outHeight, outWidth] = out.shape;
    const [, outputs, height, width] = y.shape;
    const [, perGroup, kh, kw] = weight.shape;
    const [sy, sx] = attributes.strides;
    const taps = tapsOf(out.shape, [height, width], [kh, kw], attributes);
    const sums = new Float64Array(outHeight * outWidth);
    const groupOutputs = outputs / attributes.groups;
    const addPlane = (plane: number, kernel: number): void => {
      for (const { index, y0, y1, x0, x1, top, left } of taps) {
        const factor = weight.data[kernel + index];
        for (let row = y0; row < y1; row++) {
          let to = (row * sy + top) * outWidth + x0 * sx + left;
          for (let from = plane + row * width + x0; from < plane + row * width + x1; from++, to += sx) {
            sums[to] += factor * ys[from];
          }
        }
      }
    };
    return () => {
      for (let n = 0; n < batch; n++) {
        for (let c = 0; c < channels; c++) {
          sums.fill(0);
          const first = Math.floor(c / perGroup) * groupOutputs;
          for (let o = first; o < first + groupOutputs; o++) {
            addPlane((n * outputs + o) * height * width, (o * perGroup + (c % perGroup)) * kh * kw);
          }
          out.data.set(sums, (n * channels + c) * outHeight * outWidth);
        }
      }
    };
  },
  gradient({ builder, attributes, inputs: [y, weight], output, grad }) {
    const { size: _size, ...windows } = attributes;
    const g = expandTo(builder, grad, builder.shapeOf(output));
    const kernel = builder.shapeOf(weight).slice(2);
    return [builder.conv(g, weight, windows), builder.convWeight(g, y, windows, kernel)];
  },
};
