/**
 * Logarithm, sine and cosine as ATen's vectorised normal_ computes them: Cephes' float32 polynomials
 * (ATen/native/cpu/avx_mathfun.h, zlib licence), with the FMA contraction of the x86-64 build.
 * Math.log, Math.sin and Math.cos are more precise, and differ in two values of three.
 */
import { fma32 } from './fma';

const f = Math.fround;
const float = new Float32Array(1);
const word = new Int32Array(float.buffer);

const SQRT_HALF = f(Math.SQRT1_2);
const LN2_LOW = f(-2.1219444e-4);
const LN2_HIGH = f(0.693359375);
const logCoefficients = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(f);

/** Natural logarithm of a positive, normal float32. */
export function log32(value: number): number {
  float[0] = value;
  let exponent = (word[0] >>> 23) - 126;
  word[0] = (word[0] & 0x007fffff) | 0x3f000000;
  // The mantissa now lies in [0.5, 1); bring it to [sqrt(1/2), sqrt(2)) and take 1 away.
  let x = float[0];
  if (x < SQRT_HALF) {
    exponent -= 1;
    x = f(f(x - 1) + x);
  } else {
    x = f(x - 1);
  }
  const square = f(x * x);
  let y = logCoefficients[0];
  for (let i = 1; i < logCoefficients.length; i++) y = fma32(y, x, logCoefficients[i]);
  y = fma32(f(y * x), square, f(exponent * LN2_LOW));
  y = fma32(square, -0.5, y);
  return fma32(exponent, LN2_HIGH, f(x + y));
}

const FOUR_OVER_PI = f(4 / Math.PI);
/** pi/4 in three parts, subtracted one after the other. */
const quarterPi = [-0.78515625, -2.4187564849853516e-4, -3.774894977445941e-8].map(f);
const sinCoefficients = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1].map(f);
const cosCoefficients = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2].map(f);

/** [sine, cosine] of a float32 angle that is not negative. */
export function sincos32(angle: number): [number, number] {
  const octant = (Math.trunc(f(angle * FOUR_OVER_PI)) + 1) & ~1;
  let x = angle;
  for (const part of quarterPi) x = fma32(octant, part, x);
  const square = f(x * x);

  let cosine = fma32(fma32(cosCoefficients[0], square, cosCoefficients[1]), square, cosCoefficients[2]);
  cosine = fma32(f(cosine * square), square, f(square * -0.5));
  cosine = f(cosine + 1);

  let sine = fma32(fma32(sinCoefficients[0], square, sinCoefficients[1]), square, sinCoefficients[2]);
  sine = fma32(f(sine * square), x, x);

  const swapped = (octant & 2) !== 0;
  const sinSign = octant & 4 ? -1 : 1;
  const cosSign = ~(octant - 2) & 4 ? -1 : 1;
  return [sinSign * (swapped ? cosine : sine), cosSign * (swapped ? sine : cosine)];
}
