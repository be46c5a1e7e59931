/**
 * centred / spread, times a weight if there is one. Both come from x: centred is x - mean(x) and spread is
 * sqrt(mean(centred^2) + eps), over the axes along which spread is 1; a weight has the shape of spread.
 *
 * The gradient by x is known in one piece, weight / spread (g - mean(g) - centred mean(g centred) / spread^2), a third of
 * the nodes that going through mean and variance would take (Ioffe and Szegedy 2015, section 3, simplified). So it goes to
 * x, and none to centred and spread. Its sums are the gradients of the weight and of a bias that is added afterwards.
 */

import { numelOf } from '../../torch/tensor';
import { sameShape } from '../graph/graph';
import { broadcastIndex, broadcastShape, expandTo, sumTo } from './broadcast';
import type { Op } from './op';

export const standardize: Op<'standardize'> = {
  shape([x, centred, spread, weight]) {
    if (weight && !sameShape(weight, spread)) throw new Error(`weight [${weight}] of a spread [${spread}]`);
    return broadcastShape(x, broadcastShape(centred, spread));
  },
  kernel([, { data: centred }, spread, weight], { data: out, shape }) {
    const index = broadcastIndex(spread.shape, shape);
    const scale = new Float64Array(spread.data.length);
    return () => {
      for (let c = 0; c < scale.length; c++) scale[c] = (weight ? weight.data[c] : 1) / spread.data[c];
      for (let i = 0; i < out.length; i++) out[i] = centred[i] * scale[index[i]];
    };
  },
  gradient({ builder, inputs: [, centred, spread, weight], output, grad }) {
    const shape = builder.shapeOf(output);
    const perSpread = builder.shapeOf(spread);
    const share = builder.scalar(numelOf(perSpread) / numelOf(shape));
    const g = expandTo(builder, grad, shape);
    const sum = sumTo(builder, grad, shape, perSpread);
    const along = builder.div(sumTo(builder, builder.mul(g, centred), shape, perSpread), spread);
    const level = builder.sub(g, builder.mul(sum, share));
    const leaning = builder.mul(centred, builder.div(builder.mul(along, share), spread));
    const scale = builder.div(weight ?? builder.scalar(1), spread);
    const byX = builder.mul(builder.sub(level, leaning), scale);
    return weight === undefined ? [byX, null, null] : [byX, null, null, along];
  },
};
