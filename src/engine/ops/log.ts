/** Natural logarithm. */
import { unary } from './elementwise';

export const log = unary<'log'>({
  apply(x, out) {
    for (let i = 0; i < out.length; i++) out[i] = Math.log(x[i]);
  },
  gradient: ({ builder, inputs: [x], grad }) => builder.div(grad, x),
});
