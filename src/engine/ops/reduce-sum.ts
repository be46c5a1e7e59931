/** Sum over axes, in double. */
import type { Op } from './op';
import { reducedIndex, reducedShape, withKeptAxes } from './reduce';

export const reduceSum: Op<'reduceSum'> = {
  shape: reducedShape,
  kernel([x], { data: out }, { axes }) {
    const index = reducedIndex(x, axes);
    const { data } = x;
    const sums = new Float64Array(out.length);
    return () => {
      sums.fill(0);
      for (let i = 0; i < index.length; i++) sums[index[i]] += data[i];
      out.set(sums);
    };
  },
  gradient({ builder, attributes, inputs: [x], grad }) {
    return [withKeptAxes(builder, grad, x, attributes)];
  },
};
