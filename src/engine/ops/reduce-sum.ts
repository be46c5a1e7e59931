/** Sum over axes, in double. */
import type { Op } from './op';
import { reducedIndex, reducedShape, withKeptAxes } from './reduce';

export const reduceSum: Op<'reduceSum'> = {
  shape: reducedShape,
  kernel([x], out, { axes }) {
    const index = reducedIndex(x, axes);
    const sums = new Float64Array(out.data.length);
    return () => {
      sums.fill(0);
      for (let i = 0; i < index.length; i++) sums[index[i]] += x.data[i];
      out.data.set(sums);
    };
  },
  gradient({ builder, attributes, inputs: [x], grad }) {
    return [withKeptAxes(builder, grad, x, attributes)];
  },
};
