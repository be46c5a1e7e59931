/** Largest over axes; nan wins. Elements that tie share the gradient equally, as `torch.amax` has it. */
import type { Op } from './op';
import { reducedIndex, reducedShape, withKeptAxes } from './reduce';

export const reduceMax: Op<'reduceMax'> = {
  shape: reducedShape,
  kernel([x], { data: out }, { axes }) {
    const index = reducedIndex(x, axes);
    const { data } = x;
    return () => {
      out.fill(-Infinity);
      for (let i = 0; i < index.length; i++) {
        out[index[i]] = Math.max(out[index[i]], data[i]);
      }
    };
  },
  gradient({ builder, attributes, inputs: [x], output, grad }) {
    const largest = builder.equal(x, withKeptAxes(builder, output, x, attributes));
    const ties = builder.reduceSum(largest, attributes.axes, true);
    return [builder.mul(builder.div(withKeptAxes(builder, grad, x, attributes), ties), largest)];
  },
};
