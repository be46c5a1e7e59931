/** The same elements, row-major, in another shape. */
import { numelOf } from '../../torch/tensor';
import { expandTo } from './broadcast';
import type { Op } from './op';

export const reshape: Op<'reshape'> = {
  shape([x], { shape }) {
    if (numelOf(x) !== numelOf(shape)) throw new Error(`[${x}] cannot be reshaped to [${shape}]`);
    return shape;
  },
  kernel: () => () => {},
  gradient({ builder, inputs: [x], output, grad }) {
    return [builder.reshape(expandTo(builder, grad, builder.shapeOf(output)), builder.shapeOf(x))];
  },
  alias: true,
};
