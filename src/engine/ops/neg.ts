/** -x. */
import { unary } from './elementwise';

export const neg = unary<'neg'>({
  apply(x, out) {
    for (let i = 0; i < out.length; i++) out[i] = -x[i];
  },
  gradient: ({ builder, grad }) => builder.neg(grad),
});
