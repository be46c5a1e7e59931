/** Hyperbolic tangent. */
import { unary } from './elementwise';

export const tanh = unary<'tanh'>({
  apply(x, out) {
    for (let i = 0; i < out.length; i++) out[i] = Math.tanh(x[i]);
  },
  gradient: ({ builder, output, grad }) =>
    builder.mul(grad, builder.sub(builder.scalar(1), builder.mul(output, output))),
});
