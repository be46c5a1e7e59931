/** a > b, as 1 or 0: flat almost everywhere, so no gradient flows. */
import { binary } from './elementwise';

export const greater = binary<'greater'>({
  dense(a, b, out) {
    for (let i = 0; i < out.length; i++) out[i] = a[i] > b[i] ? 1 : 0;
  },
  indexed(a, ia, b, ib, out) {
    for (let i = 0; i < out.length; i++) out[i] = a[ia[i]] > b[ib[i]] ? 1 : 0;
  },
  gradient: () => [null, null],
});
