/**
 * centred / spread, where both come from x: centred is x - mean(x) and spread is sqrt(mean(centred^2) + eps), over `axes`.
 * The gradient by x is known in one piece, (g - mean(g) - y mean(g y)) / spread, a third of the nodes that going through
 * mean and variance would take (Ioffe and Szegedy 2015, section 3, simplified). So it goes to x, and none to the others.
 */
import { broadcastIndex, broadcastShape, expandTo } from './broadcast';
import type { Op } from './op';

export const standardize: Op<'standardize'> = {
  shape: ([x, centred, spread]) => broadcastShape(x, broadcastShape(centred, spread)),
  kernel([, { data: centred }, spread], { data: out, shape }) {
    const index = broadcastIndex(spread.shape, shape);
    const { data } = spread;
    return () => {
      for (let i = 0; i < out.length; i++) out[i] = centred[i] / data[index[i]];
    };
  },
  gradient({ builder, attributes: { axes }, inputs: [, , spread], output, grad }) {
    const g = expandTo(builder, grad, builder.shapeOf(output));
    const along = builder.reduceMean(builder.mul(g, output), axes, true);
    const level = builder.sub(g, builder.reduceMean(g, axes, true));
    return [builder.div(builder.sub(level, builder.mul(output, along)), spread), null, null];
  },
};
