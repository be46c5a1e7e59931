/**
 * `torch.Generator` on the CPU: mt19937 as in ATen/core/MT19937RNGEngine.h, and the state layout of
 * ATen/CPUGeneratorImpl.cpp. Only the low 32 bits of a seed reach the engine.
 */
import { PythonError } from '../errors';

const WORDS = 624;
const SHIFT = 397;
const STATE_BYTES = 5056;
/** Byte offsets inside `get_rng_state()`; values little-endian. */
const at = { seed: 0, left: 8, seeded: 12, next: 16, words: 24, normalY: 5024, normalIsValid: 5040 } as const;

/** What a fresh `torch.Generator()` is seeded with (c10::detail::default_rng_seed_val). */
export const DEFAULT_SEED = 67280421310721n;

export class Generator {
  private readonly words = new Uint32Array(WORDS);
  private seed = DEFAULT_SEED;
  private left = 1;
  private next = 0;
  /** 32-bit draws since `manualSeed`, for showing; not part of PyTorch's state. */
  draws = 0;
  /** The second normal of the last Box-Muller pair, kept for the next small `normal_`. */
  nextNormal: number | undefined = undefined;

  constructor(seed: bigint | number = DEFAULT_SEED) {
    this.manualSeed(seed);
  }

  /** `torch.manual_seed(seed)`. Negative seeds wrap to 64 bits. Raises ValueError outside [-2**63, 2**64). */
  manualSeed(seed: bigint | number): this {
    let wide = BigInt(seed);
    if (wide < -(1n << 63n) || wide >= 1n << 64n)
      throw new PythonError('ValueError', 'Overflow when unpacking long long');
    if (wide < 0n) wide += 1n << 64n;
    this.seed = wide;
    const { words } = this;
    words[0] = Number(wide & 0xffffffffn);
    for (let i = 1; i < WORDS; i++) {
      const x = words[i - 1] ^ (words[i - 1] >>> 30);
      words[i] = (Math.imul(1812433253, x) + i) >>> 0;
    }
    this.left = 1;
    this.next = 0;
    this.draws = 0;
    this.nextNormal = undefined;
    return this;
  }

  /** `torch.initial_seed()`. */
  initialSeed(): bigint {
    return this.seed;
  }

  /** One 32-bit draw. */
  random(): number {
    if (--this.left === 0) this.refill();
    this.draws++;
    return temper(this.words[this.next++]) >>> 0;
  }

  private refill(): void {
    const { words } = this;
    // In three parts, because a remainder per word costs more than the rest of it.
    for (let k = 0; k < WORDS - SHIFT; k++) words[k] = words[k + SHIFT] ^ twist(words[k], words[k + 1]);
    for (let k = WORDS - SHIFT; k < WORDS - 1; k++)
      words[k] = words[k + SHIFT - WORDS] ^ twist(words[k], words[k + 1]);
    words[WORDS - 1] = words[SHIFT - 1] ^ twist(words[WORDS - 1], words[0]);
    this.left = WORDS;
    this.next = 0;
  }

  /** Two draws, the first one the high word. */
  random64(): bigint {
    const high = this.random();
    const low = this.random();
    return (BigInt(high) << 32n) | BigInt(low);
  }

  /** Uniform in [0, 1) with 24 bits: float32's. One draw. */
  uniform24(): number {
    return (this.random() & 0xffffff) * 2 ** -24;
  }

  /** Uniform in [0, 1) with 53 bits: float64's, and bernoulli's. Two draws. */
  uniform53(): number {
    const high = this.random();
    const low = this.random();
    return ((high & 0x1fffff) * 4294967296 + low) * 2 ** -53;
  }

  /**
   * 1 where `uniform53() < p`, else 0: two draws each. The 21 bits of the high word decide all but one in two million, so
   * that the low word is hardly ever tempered.
   */
  bernoulli53(out: Uint8Array, p: number): void {
    const bound = p * 2 ** 53;
    const highBound = Math.floor(bound / 2 ** 32);
    const { words } = this;
    for (let i = 0; i < out.length; ) {
      const end = i + Math.min(out.length - i, (this.left - 1) >> 1);
      if (end === i) {
        out[i++] = this.uniform53() < p ? 1 : 0;
        continue;
      }
      let { next } = this;
      this.left -= 2 * (end - i);
      this.draws += 2 * (end - i);
      for (; i < end; i++, next += 2) {
        const high = temper(words[next]) & 0x1fffff;
        // The sign of the difference: a branch here would be mispredicted half the time.
        out[i] = (high - highBound) >>> 31;
        if (high === highBound) out[i] = high * 2 ** 32 + (temper(words[next + 1]) >>> 0) < bound ? 1 : 0;
      }
      this.next = next;
    }
  }

  /** `torch.get_rng_state()`: 5056 bytes. */
  getState(): Uint8Array {
    const bytes = new Uint8Array(STATE_BYTES);
    const view = new DataView(bytes.buffer);
    view.setBigUint64(at.seed, this.seed, true);
    view.setInt32(at.left, this.left, true);
    view.setInt32(at.seeded, 1, true);
    view.setBigUint64(at.next, BigInt(this.next), true);
    for (let i = 0; i < WORDS; i++) view.setBigUint64(at.words + 8 * i, BigInt(this.words[i]), true);
    if (this.nextNormal !== undefined) {
      view.setFloat64(at.normalY, this.nextNormal, true);
      view.setInt32(at.normalIsValid, 1, true);
    }
    return bytes;
  }

  /** `torch.set_rng_state(bytes)`. Raises RuntimeError when size or content is not a state. */
  setState(bytes: Uint8Array): this {
    if (bytes.length !== STATE_BYTES) {
      throw new PythonError(
        'RuntimeError',
        `Expected a CPUGeneratorImplState of size ${STATE_BYTES} but found the input RNG state size to be ${bytes.length}`,
      );
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const left = view.getInt32(at.left, true);
    const next = Number(view.getBigUint64(at.next, true));
    if (view.getInt32(at.seeded, true) === 0 || left < 1 || left > WORDS || next > WORDS) {
      throw new PythonError('RuntimeError', 'Invalid mt19937 state');
    }
    this.seed = view.getBigUint64(at.seed, true);
    this.left = left;
    this.next = next;
    for (let i = 0; i < WORDS; i++)
      this.words[i] = Number(view.getBigUint64(at.words + 8 * i, true) & 0xffffffffn);
    this.nextNormal = view.getInt32(at.normalIsValid, true) ? view.getFloat64(at.normalY, true) : undefined;
    return this;
  }
}

/** What a word of the state gives out, as a signed integer. */
function temper(word: number): number {
  let y = word ^ (word >>> 11);
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >>> 18);
}

/** The recurrence's share of a word and the one after it. */
function twist(word: number, following: number): number {
  const y = (word & 0x80000000) | (following & 0x7fffffff);
  return (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
}
