/** log(1 + exp(x)), without overflow. */
import { unary } from './elementwise';

export const softplus = unary<'softplus'>({
  apply(x, out) {
    for (let i = 0; i < out.length; i++) out[i] = Math.max(x[i], 0) + Math.log1p(Math.exp(-Math.abs(x[i])));
  },
  gradient: ({ builder, inputs: [x], grad }) => builder.mul(grad, builder.sigmoid(x)),
});
