/** Mean over axes, summed in double. */
import type { Op } from './op';
import { reducedIndex, reducedShape, withKeptAxes } from './reduce';

export const reduceMean: Op<'reduceMean'> = {
  shape: reducedShape,
  kernel([x], { data: out }, { axes }) {
    const index = reducedIndex(x, axes);
    const { data } = x;
    const sums = new Float64Array(out.length);
    const count = data.length / out.length;
    return () => {
      sums.fill(0);
      for (let i = 0; i < index.length; i++) sums[index[i]] += data[i];
      for (let i = 0; i < sums.length; i++) out[i] = sums[i] / count;
    };
  },
  gradient({ builder, attributes, inputs: [x], grad }) {
    const count = attributes.axes.reduce((n, axis) => n * builder.shapeOf(x)[axis], 1);
    return [builder.div(withKeptAxes(builder, grad, x, attributes), builder.scalar(count))];
  },
};
