/** Correctly rounded float32 arithmetic where PyTorch's x86-64 build contracts a multiply and an add into one FMA. */

const double = new Float64Array(1);
const bits = new BigUint64Array(double.buffer);
const halves = new Uint32Array(double.buffer);

/** fma(a, b, c) in float32, for float32 a, b and c. The product of two 24-bit numbers is exact in a double. */
export function fma32(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  if (!Number.isFinite(sum)) return Math.fround(sum);
  double[0] = sum;
  // A sum that sits on the middle of two float32 would be rounded twice: nudge it to the true value's side.
  if ((halves[0] & 0x1fffffff) === 0x10000000) {
    const part = sum - product;
    const error = product - (sum - part) + (c - part);
    if (error !== 0) {
      bits[0] += error > 0 === sum > 0 ? 1n : -1n;
      return Math.fround(double[0]);
    }
  }
  return Math.fround(sum);
}
