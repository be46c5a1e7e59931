/** The mean of each window, in which padding counts as zeros. Sums in double. */
import { numelOf } from '../../torch/tensor';
import { expandTo } from './broadcast';
import type { Op } from './op';
import { tapsOf, windowsOver } from './windows';

export const avgPool: Op<'avgPool'> = {
  shape: ([x], attributes) => [...x.slice(0, 2), ...windowsOver(x, attributes.kernel, attributes)],
  kernel([{ data: x, shape }], { data: out, shape: windows }, attributes) {
    const [, , height, width] = windows;
    const [, , inHeight, inWidth] = shape;
    const [sy, sx] = attributes.strides;
    const taps = tapsOf(shape, [height, width], attributes.kernel, attributes);
    const planes = shape[0] * shape[1];
    const sums = new Float64Array(height * width);
    return () => {
      for (let plane = 0; plane < planes; plane++) {
        sums.fill(0);
        for (const { y0, y1, x0, x1, top, left } of taps) {
          for (let y = y0; y < y1; y++) {
            let from = (plane * inHeight + y * sy + top) * inWidth + x0 * sx + left;
            for (let to = y * width + x0; to < y * width + x1; to++, from += sx) sums[to] += x[from];
          }
        }
        for (let i = 0; i < sums.length; i++) out[plane * sums.length + i] = sums[i] / taps.length;
      }
    };
  },
  /** A transposed convolution of every plane by itself, whose kernel is 1 / (kh kw) throughout. */
  gradient({ builder, attributes, inputs: [x], output, grad }) {
    const { kernel, ...windows } = attributes;
    const [batch, channels, ...size] = builder.shapeOf(x);
    const shape = builder.shapeOf(output);
    const g = builder.reshape(expandTo(builder, grad, shape), [batch * channels, 1, ...shape.slice(2)]);
    const count = numelOf(kernel);
    const share = builder.constant(new Float32Array(count).fill(1 / count), [1, 1, ...kernel]);
    const back = builder.convTranspose(g, share, { ...windows, groups: 1 }, size);
    return [builder.reshape(back, builder.shapeOf(x))];
  },
};
