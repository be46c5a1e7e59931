/** a / b; of the divisor the gradient is -(a / b) / b. */
import { binary } from './elementwise';

export const div = binary<'div'>({
  dense(a, b, out) {
    for (let i = 0; i < out.length; i++) out[i] = a[i] / b[i];
  },
  indexed(a, ia, b, ib, out) {
    for (let i = 0; i < out.length; i++) out[i] = a[ia[i]] / b[ib[i]];
  },
  gradient: ({ builder, inputs: [, b], output, grad }) => {
    const share = builder.div(grad, b);
    return [share, builder.neg(builder.mul(share, output))];
  },
});
