/** e to the x. */
import { unary } from './elementwise';

export const exp = unary<'exp'>({
  apply(x, out) {
    for (let i = 0; i < out.length; i++) out[i] = Math.exp(x[i]);
  },
  gradient: ({ builder, output, grad }) => builder.mul(grad, output),
});
