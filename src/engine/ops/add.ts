/** a + b. */
import { binary } from './elementwise';

export const add = binary<'add'>({
  dense(a, b, out) {
    for (let i = 0; i < out.length; i++) out[i] = a[i] + b[i];
  },
  indexed(a, ia, b, ib, out) {
    for (let i = 0; i < out.length; i++) out[i] = a[ia[i]] + b[ib[i]];
  },
  gradient: ({ grad }) => [grad, grad],
});
