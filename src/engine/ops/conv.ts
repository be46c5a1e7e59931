/**
 * Cross-correlation: x (N, C, H, W), weight (O, C / groups, kh, kw) and perhaps bias (O) -> (N, O, H', W'). Sums in double.
 * With `convTranspose` and `convWeight` it is one trilinear form: the gradients of each are the other two.
 */
import { expandTo, sumTo } from './broadcast';
import type { Op } from './op';
import { tapsOf, windowsOver } from './windows';

export const conv: Op<'conv'> = {
  shape([x, weight, bias], attributes) {
    const fits = x.length === 4 && weight.length === 4 && x[1] === weight[1] * attributes.groups;
    if (!fits || weight[0] % attributes.groups !== 0 || (bias && bias[0] !== weight[0])) {
      throw new Error(`convolution of [${x}] by [${weight}] in ${attributes.groups} groups`);
    }
    return [x[0], weight[0], ...windowsOver(x, weight.slice(2), attributes)];
  },
  kernel([x, weight, bias], out, attributes) {
    const xs = x.data;
    const [batch, outputs, height, width] = out.shape;
    const [, channels, inHeight, inWidth] = x.shape;
    const [, perGroup, kh, kw] = weight.shape;
    const [sy, sx] = attributes.strides;
    const taps = tapsOf(x.shape, [height, width], [kh, kw], attributes);
    const sums = new Float64Array(height * width);
    const groupOutputs = outputs / attributes.groups;
    const addPlane = (plane: number, kernel: number): void => {
      for (const { index, y0, y1, x0, x1, top, left } of taps) {
        const factor = weight.data[kernel + index];
        for (let y = y0; y < y1; y++) {
          let from = plane + (y * sy + top) * inWidth + x0 * sx + left;
          for (let to = y * width + x0; to < y * width + x1; to++, from += sx) {
            sums[to] += factor * xs[from];
          }
        }
      }
    };
    return () => {
      for (let n = 0; n < batch; n++) {
        for (let o = 0; o < outputs; o++) {
          sums.fill(bias ? bias.data[o] : 0);
          const first = Math.floor(o / groupOutputs) * perGroup;
          for (let c = 0; c < perGroup; c++) {
            addPlane((n * channels + first + c) * inHeight * inWidth, (o * perGroup + c) * kh * kw);
          }
          out.data.set(sums, (n * outputs + o) * height * width);
        }
      }
    };
  },
  gradient({ builder, attributes, inputs: [x, weight, bias], output, grad }) {
    const shape = builder.shapeOf(output);
    const g = expandTo(builder, grad, shape);
    const parts = [
      builder.convTranspose(g, weight, attributes, builder.shapeOf(x).slice(2)),
      builder.convWeight(x, g, attributes, builder.shapeOf(weight).slice(2)),
    ];
    if (bias === undefined) return parts;
    const [outputs] = builder.shapeOf(bias);
    const summed = sumTo(builder, grad, shape, [outputs, 1, 1]);
    return [...parts, builder.reshape(expandTo(builder, summed, [outputs, 1, 1]), [outputs])];
  },
};
