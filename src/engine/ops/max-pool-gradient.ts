/**
 * What `maxPool` sends back: x, its pooled y, and the gradient of y -> the gradient of x. All of a window goes to the
 * first of its largest elements, in row-major order (ATen/native/cpu/MaxPoolKernel.cpp); windows that overlap add up.
 */
import type { Op } from './op';
import { tapsOf } from './windows';

export const maxPoolGradient: Op<'maxPoolGradient'> = {
  shape: ([x]) => x,
  kernel([x, y, grad], { data: out }, attributes) {
    const [, , height, width] = y.shape;
    const [, , inHeight, inWidth] = x.shape;
    const [sy, sx] = attributes.strides;
    const taps = tapsOf(x.shape, [height, width], attributes.kernel, attributes);
    const planes = x.shape[0] * x.shape[1];
    const given = new Uint8Array(y.data.length);
    return () => {
      out.fill(0);
      given.fill(0);
      for (let plane = 0; plane < planes; plane++) {
        for (const { y0, y1, x0, x1, top, left } of taps) {
          for (let row = y0; row < y1; row++) {
            let to = (plane * inHeight + row * sy + top) * inWidth + x0 * sx + left;
            const first = (plane * height + row) * width;
            for (let at = first + x0; at < first + x1; at++, to += sx) {
              if (given[at] || !Object.is(x.data[to] + 0, y.data[at] + 0)) continue;
              given[at] = 1;
              out[to] += grad.data[at];
            }
          }
        }
      }
    };
  },
  gradient() {
    throw new Error('the gradient of a pool is not differentiated again');
  },
};
