/** 1 / (1 + exp(-x)). */
import { unary } from './elementwise';

export const sigmoid = unary<'sigmoid'>({
  apply(x, out) {
    for (let i = 0; i < out.length; i++) out[i] = 1 / (1 + Math.exp(-x[i]));
  },
  gradient: ({ builder, output, grad }) =>
    builder.mul(grad, builder.mul(output, builder.sub(builder.scalar(1), output))),
});
