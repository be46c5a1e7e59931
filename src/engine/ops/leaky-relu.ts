/** x above zero, slope times x elsewhere; at 0 the gradient is the slope, as in PyTorch. */
import type { Op } from './op';

export const leakyRelu: Op<'leakyRelu'> = {
  shape: ([x]) => x,
  kernel([{ data: x }], { data: out }, { slope }) {
    return () => {
      for (let i = 0; i < out.length; i++) out[i] = x[i] > 0 ? x[i] : x[i] * slope;
    };
  },
  gradient({ builder, attributes: { slope }, inputs: [x], grad }) {
    const above = builder.greater(x, builder.scalar(0));
    return [builder.where(above, grad, builder.mul(grad, builder.scalar(slope)))];
  },
};
