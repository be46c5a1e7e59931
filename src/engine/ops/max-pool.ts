/** The largest value of each window; nan wins; padding never does. */
import { expandTo } from './broadcast';
import type { Op } from './op';
import { tapsOf, windowsOver } from './windows';

export const maxPool: Op<'maxPool'> = {
  shape: ([x], attributes) => [...x.slice(0, 2), ...windowsOver(x, attributes.kernel, attributes)],
  kernel([{ data: x, shape }], { data: out, shape: windows }, attributes) {
    const [, , height, width] = windows;
    const [, , inHeight, inWidth] = shape;
    const [sy, sx] = attributes.strides;
    const taps = tapsOf(shape, [height, width], attributes.kernel, attributes);
    const planes = shape[0] * shape[1];
    return () => {
      out.fill(-Infinity);
      for (let plane = 0; plane < planes; plane++) {
        for (const { y0, y1, x0, x1, top, left } of taps) {
          for (let y = y0; y < y1; y++) {
            let from = (plane * inHeight + y * sy + top) * inWidth + x0 * sx + left;
            const row = (plane * height + y) * width;
            for (let to = row + x0; to < row + x1; to++, from += sx) {
              if (x[from] > out[to] || Number.isNaN(x[from])) out[to] = x[from];
            }
          }
        }
      }
    };
  },
  gradient({ builder, attributes, inputs: [x], output, grad }) {
    const g = expandTo(builder, grad, builder.shapeOf(output));
    return [builder.maxPoolGradient(x, output, g, attributes)];
  },
};
