/**
 * `Tensor.normal_` on the CPU (ATen/native/cpu/DistributionTemplates.h): Box-Muller, two ways.
 * Fewer than 16 values are drawn one by one in double precision; 16 or more are filled with uniforms and turned in blocks,
 * so `randn(3)` is not the beginning of `randn(16)`.
 */
import { log32, sincos32 } from './cephes';
import { fma32 } from './fma';
import type { Generator } from './generator';

/** Values from which a contiguous tensor is filled in blocks. */
const BLOCK = 16;
const TWO_PI_32 = Math.fround(2 * Math.PI);

/** `torch.empty(n).normal_(mean, std)`, float32. One draw each from 16 on (and 16 more when n is no multiple of 16). */
export function normal(generator: Generator, n: number, mean = 0, std = 1): Float32Array {
  const out = new Float32Array(n);
  if (n < BLOCK) return out.map(() => normalOne(generator, mean, std));
  for (let i = 0; i < n; i++) out[i] = generator.uniform24();
  const [mean32, std32] = [Math.fround(mean), Math.fround(std)];
  for (const start of blocks(n)) {
    // The last block overlaps the one before it, on fresh uniforms.
    if (start % BLOCK !== 0) for (let i = start; i < n; i++) out[i] = generator.uniform24();
    turn32(out, start, mean32, std32);
  }
  return out;
}

/** `torch.empty(n, dtype=torch.float64).normal_(mean, std)`, to 2 ulp: the C library's sine and cosine are its own. */
export function normal64(generator: Generator, n: number, mean = 0, std = 1): Float64Array {
  const out = new Float64Array(n);
  if (n < BLOCK) return out.map(() => normalOne(generator, mean, std));
  for (let i = 0; i < n; i++) out[i] = generator.uniform53();
  for (const start of blocks(n)) {
    if (start % BLOCK !== 0) for (let i = start; i < n; i++) out[i] = generator.uniform53();
    turn64(out, start, mean, std);
  }
  return out;
}

function* blocks(n: number): IterableIterator<number> {
  for (let start = 0; start + BLOCK <= n; start += BLOCK) yield start;
  if (n % BLOCK !== 0) yield n - BLOCK;
}

/** at::normal_distribution<double>: gives a pair's cosine first and keeps the sine for the next call. */
function normalOne(generator: Generator, mean: number, std: number): number {
  const kept = generator.nextNormal;
  if (kept !== undefined) {
    generator.nextNormal = undefined;
    return kept * std + mean;
  }
  const u1 = generator.uniform53();
  const u2 = generator.uniform53();
  const radius = Math.sqrt(-2 * Math.log1p(-u2));
  const angle = 2 * Math.PI * u1;
  generator.nextNormal = radius * Math.sin(angle);
  return radius * Math.cos(angle) * std + mean;
}

function turn32(values: Float32Array, start: number, mean: number, std: number): void {
  const half = BLOCK / 2;
  for (let i = start; i < start + half; i++) {
    const u1 = Math.fround(1 - values[i]);
    const radius = Math.fround(Math.sqrt(Math.fround(-2 * log32(u1))));
    const [sine, cosine] = sincos32(Math.fround(TWO_PI_32 * values[i + half]));
    values[i] = fma32(Math.fround(radius * cosine), std, mean);
    values[i + half] = fma32(Math.fround(radius * sine), std, mean);
  }
}

function turn64(values: Float64Array, start: number, mean: number, std: number): void {
  const half = BLOCK / 2;
  for (let i = start; i < start + half; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - values[i]));
    const angle = 2 * Math.PI * values[i + half];
    values[i] = radius * Math.cos(angle) * std + mean;
    values[i + half] = radius * Math.sin(angle) * std + mean;
  }
}
