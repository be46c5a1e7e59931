/** Draws from a Generator, in the order and with the rounding of ATen/native/cpu/DistributionTemplates.h (x86-64, AVX2 and AVX512). */
import { fma32 } from './fma';
import type { Generator } from './generator';

/** `torch.empty(n).uniform_(from, to)`, float32. One draw each. */
export function uniform(generator: Generator, n: number, from = 0, to = 1): Float32Array {
  const low = Math.fround(from);
  const high = Math.fround(to);
  const range = Math.fround(high - low);
  const out = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const value = fma32(generator.uniform24(), range, low);
    out[i] = value === high ? low : value;
  }
  return out;
}

/** `torch.empty(n).bernoulli_(p)`: 1 where kept. Two draws each, whatever the dtype. */
export function bernoulli(generator: Generator, n: number, p: number): Uint8Array {
  const out = new Uint8Array(n);
  generator.bernoulli53(out, p);
  return out;
}

/** `torch.empty(n, dtype=torch.float64).uniform_(from, to)`. Two draws each. */
export function uniform64(generator: Generator, n: number, from = 0, to = 1): Float64Array {
  return new Float64Array(n).map(() => generator.uniform53() * (to - from) + from);
}

/** `torch.bernoulli(probabilities)` of a float32 tensor: one draw each, where `bernoulli_` takes two. */
export function bernoulliTensor(generator: Generator, probabilities: Float32Array): Uint8Array {
  return Uint8Array.from(probabilities, (p) => (generator.uniform24() < p ? 1 : 0));
}

/** `torch.randint(low, high, (n,))` for ranges below 2**28: one draw each; wider ranges take two. */
export function randint(generator: Generator, n: number, low: number, high: number): number[] {
  const range = high - low;
  const wide = range >= 2 ** 28;
  return Array.from({ length: n }, () =>
    wide ? Number(generator.random64() % BigInt(range)) + low : (generator.random() % range) + low,
  );
}

/** `torch.randperm(n)`, n - 1 draws (the 32-bit path of ATen/native/TensorFactories.cpp, n below 2**32 / 20). */
export function randperm(generator: Generator, n: number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < n - 1; i++) {
    const other = i + (generator.random() % (n - i));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}

/** `torch.empty((), dtype=torch.int64).random_()`: 63 bits, two draws. */
export function random63(generator: Generator): bigint {
  return generator.random64() & 0x7fffffffffffffffn;
}
