/** The error function, 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x. */
import { unary } from './elementwise';

const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

export const erf = unary<'erf'>({
  apply(x, out) {
    for (let i = 0; i < out.length; i++) out[i] = erfOf(x[i]);
  },
  gradient({ builder, inputs: [x], grad }) {
    const bell = builder.exp(builder.neg(builder.mul(x, x)));
    return builder.mul(grad, builder.mul(bell, builder.scalar(TWO_OVER_SQRT_PI)));
  },
});

/**
 * 2/sqrt(pi) exp(-x^2) times the sum of 2^n x^(2n+1) / (2n+1)!! (NIST DLMF 7.6.2): all terms have one sign, so nothing
 * cancels and the double is as good as its last digits. From 6 on the function is 1 in float64.
 */
function erfOf(x: number): number {
  if (Math.abs(x) >= 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
}
