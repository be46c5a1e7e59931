/** a * b. */
import { binary } from './elementwise';

export const mul = binary<'mul'>({
  dense(a, b, out) {
    for (let i = 0; i < out.length; i++) out[i] = a[i] * b[i];
  },
  indexed(a, ia, b, ib, out) {
    for (let i = 0; i < out.length; i++) out[i] = a[ia[i]] * b[ib[i]];
  },
  gradient: ({ builder, inputs: [a, b], grad }) => [builder.mul(grad, b), builder.mul(grad, a)],
});
