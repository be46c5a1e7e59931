/** max(x, 0), as PyTorch has it: nan stays nan, -0 stays -0, and at 0 no gradient flows. */
import { unary } from './elementwise';

export const relu = unary<'relu'>({
  apply(x, out) {
    for (let i = 0; i < out.length; i++) out[i] = x[i] < 0 ? 0 : x[i];
  },
  gradient: ({ builder, inputs: [x], grad }) =>
    builder.where(builder.greater(x, builder.scalar(0)), grad, builder.scalar(0)),
});
