/** a where the condition, which is the result of a comparison, is 1, b where it is 0. */
import { broadcastIndex, broadcastShape, sumTo } from './broadcast';
import type { Op } from './op';

export const where: Op<'where'> = {
  shape: ([condition, a, b]) => broadcastShape(condition, broadcastShape(a, b)),
  kernel(inputs, { data: out, shape }) {
    const [condition, a, b] = inputs.map(({ data }) => data);
    const [ic, ia, ib] = inputs.map((input) => broadcastIndex(input.shape, shape));
    return () => {
      for (let i = 0; i < out.length; i++) out[i] = condition[ic[i]] === 0 ? b[ib[i]] : a[ia[i]];
    };
  },
  gradient({ builder, inputs: [condition, a, b], output, grad }) {
    const full = builder.shapeOf(output);
    const zero = builder.scalar(0);
    return [
      null,
      sumTo(builder, builder.where(condition, grad, zero), full, builder.shapeOf(a)),
      sumTo(builder, builder.where(condition, zero, grad), full, builder.shapeOf(b)),
    ];
  },
};
