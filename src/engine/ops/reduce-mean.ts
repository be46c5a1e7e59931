/** Mean over axes, summed in double. */
import type { Op } from './op';
import { reducedIndex, reducedShape, withKeptAxes } from './reduce';

export const reduceMean: Op<'reduceMean'> = {
  shape: reducedShape,
  kernel([x], out, { axes }) {
    const index = reducedIndex(x, axes);
    const sums = new Float64Array(out.data.length);
    const count = x.data.length / out.data.length;
    return () => {
      sums.fill(0);
      for (let i = 0; i < index.length; i++) sums[index[i]] += x.data[i];
      for (let i = 0; i < sums.length; i++) out.data[i] = sums[i] / count;
    };
  },
  gradient({ builder, attributes, inputs: [x], grad }) {
    const count = attributes.axes.reduce((n, axis) => n * builder.shapeOf(x)[axis], 1);
    return [builder.div(withKeptAxes(builder, grad, x, attributes), builder.scalar(count))];
  },
};
