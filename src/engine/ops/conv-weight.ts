/** What `conv` sends back to its weight: x (N, C, H, W), y (N, O, H', W') -> (O, C / groups, ...kernel). */
import { expandTo } from './broadcast';
import type { Op } from './op';
import { tapsOf } from './windows';

export const convWeight: Op<'convWeight'> = {
  shape([x, y], { groups, kernel }) {
    if (x.length !== 4 || y.length !== 4 || x[0] !== y[0] || x[1] % groups !== 0 || y[1] % groups !== 0)
      throw new Error(`weight of a convolution of [${x}] to [${y}] in ${groups} groups`);
    return [y[1], x[1] / groups, ...kernel];
  },
  kernel([x, y], out, attributes) {
    const [xs, ys] = [x.data, y.data];
    const [batch, channels, inHeight, inWidth] = x.shape;
    const [, outputs, height, width] = y.shape;
    const perGroup = channels / attributes.groups;
    const groupOutputs = outputs / attributes.groups;
    const [sy, sx] = attributes.strides;
    const taps = tapsOf(x.shape, [height, width], attributes.kernel, attributes);
    const sums = new Float64Array(taps.length);
    const addPlanes = (plane: number, other: number): void => {
      for (const { index, y0, y1, x0, x1, top, left } of taps) {
        let sum = 0;
        for (let row = y0; row < y1; row++) {
          let from = plane + (row * sy + top) * inWidth + x0 * sx + left;
          for (let at = other + row * width + x0; at < other + row * width + x1; at++, from += sx) {
            sum += ys[at] * xs[from];
          }
        }
        sums[index] += sum;
      }
    };
    return () => {
      for (let o = 0; o < outputs; o++) {
        const first = Math.floor(o / groupOutputs) * perGroup;
        for (let c = 0; c < perGroup; c++) {
          sums.fill(0);
          for (let n = 0; n < batch; n++) {
            addPlanes((n * channels + first + c) * inHeight * inWidth, (n * outputs + o) * height * width);
          }
          out.data.set(sums, (o * perGroup + c) * taps.length);
        }
      }
    };
  },
  gradient({ builder, attributes, inputs: [x, y], output, grad }) {
    const { kernel: _kernel, ...windows } = attributes;
    const g = expandTo(builder, grad, builder.shapeOf(output));
    return [builder.convTranspose(y, g, windows, builder.shapeOf(x).slice(2)), builder.conv(x, g, windows)];
  },
};
