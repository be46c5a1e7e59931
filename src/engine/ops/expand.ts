/** Broadcasting written out: each element repeated along the axes that grow. */
import { sameShape } from '../graph/graph';
import { broadcastIndex, broadcastShape, sumTo } from './broadcast';
import type { Op } from './op';

export const expand: Op<'expand'> = {
  shape([x], { shape }) {
    if (!sameShape(broadcastShape(x, shape), shape))
      throw new Error(`[${x}] cannot be expanded to [${shape}]`);
    return shape;
  },
  kernel([x], { data: out, shape }) {
    const index = broadcastIndex(x.shape, shape);
    const { data } = x;
    return () => {
      for (let i = 0; i < index.length; i++) out[i] = data[index[i]];
    };
  },
  gradient({ builder, inputs: [x], output, grad }) {
    return [sumTo(builder, grad, builder.shapeOf(output), builder.shapeOf(x))];
  },
};
