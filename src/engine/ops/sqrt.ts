/** Square root; the gradient is half of 1 / sqrt(x). */
import { unary } from './elementwise';

export const sqrt = unary<'sqrt'>({
  apply(x, out) {
    for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(x[i]);
  },
  gradient: ({ builder, output, grad }) => builder.div(builder.mul(grad, builder.scalar(0.5)), output),
});
