/** exp(x), scaled to sum to 1 along an axis. */
import { numelOf } from '../../torch/tensor';
import type { Op } from './op';

export const softmax: Op<'softmax'> = {
  shape([x], { axis }) {
    if (axis < 0 || axis >= x.length) throw new Error(`[${x}] has no axis ${axis}`);
    return x;
  },
  kernel([{ data: x, shape }], { data: out }, { axis }) {
    const size = shape[axis];
    const step = numelOf(shape.slice(axis + 1));
    const block = size * step;
    return () => {
      for (let start = 0; start < x.length; start += block) {
        for (let i = start; i < start + step; i++) {
          const end = i + block;
          let largest = -Infinity;
          for (let j = i; j < end; j += step) largest = Math.max(largest, x[j]);
          let sum = 0;
          for (let j = i; j < end; j += step) sum += Math.exp(x[j] - largest);
          for (let j = i; j < end; j += step) out[j] = Math.exp(x[j] - largest) / sum;
        }
      }
    };
  },
  gradient({ builder, attributes: { axis }, output, grad }) {
    const along = builder.reduceSum(builder.mul(grad, output), [axis], true);
    return [builder.mul(output, builder.sub(grad, along))];
  },
};
