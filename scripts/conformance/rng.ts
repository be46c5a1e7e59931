/** Runs the vectors of the generator: every value bit for bit, but for one kind that depends on the C library. */
import { writeFileSync } from 'node:fs';
import { Generator } from '../../src/torch/random/generator';
import { manualSeed } from '../../src/torch/random/global';
import type { Counts, GoldenOptions } from './golden';
import { hasRngCases, type RngCase, readRngCases } from './rng-case';
import { draws } from './rng-draws';

export { hasRngCases };

/** Sine, cosine and logarithm of float64 are the C library's own, not PyTorch's: `randn` of 16 or more may differ by this many ulp. */
const FLOAT64_ULPS = 2;

export interface RngResult {
  readonly name: string;
  /** Empty when the vector is right. */
  readonly difference: string;
}

export async function runRng(dir: string, { out }: GoldenOptions): Promise<Counts> {
  const results = rngResults(dir);
  for (const { name, difference } of results) if (difference) console.log(`${name}: ${difference}`);
  if (out) writeFileSync(out, `${JSON.stringify(results, null, 2)}\n`);
  const failed = results.filter(({ difference }) => difference).length;
  return { passed: results.length - failed, failed, skipped: 0 };
}

export function rngResults(dir: string): RngResult[] {
  return readRngCases(dir).map((rngCase) => ({
    name: `${rngCase.name}(${JSON.stringify(rngCase.args).slice(1, -1)}) seed ${rngCase.seed}`,
    difference: difference(rngCase),
  }));
}

function difference(rngCase: RngCase): string {
  const draw = draws[rngCase.kind];
  if (!draw) return `no draw of kind ${rngCase.kind}`;
  const generator = manualSeed(new Generator(), rngCase.seed);
  const got = typed(rngCase, [...draw(generator, rngCase.args)]);
  const want = typed(rngCase, null);
  if (got.length !== want.length) return `${got.length} values, not ${want.length}`;
  const loose = rngCase.kind === 'normal64' && want.length >= 16;
  for (let i = 0; i < want.length; i++) {
    const [a, b] = [got[i], want[i]];
    if (!(loose ? ulps(Number(a), Number(b)) <= FLOAT64_ULPS : Object.is(a, b)))
      return `value ${i} is ${a}, not ${b}`;
  }
  return '';
}

/** The values in the file's dtype, of the case itself where none are given. */
function typed(
  { dtype, values: stored }: RngCase,
  values: (number | bigint)[] | null,
): ArrayLike<number | bigint> {
  const { buffer } = stored;
  const numbers = values?.map(Number);
  switch (dtype) {
    case 'float32':
      return numbers ? Float32Array.from(numbers) : new Float32Array(buffer);
    case 'float64':
      return numbers ? Float64Array.from(numbers) : new Float64Array(buffer);
    case 'int32':
      return numbers ? Int32Array.from(numbers) : new Int32Array(buffer);
    case 'int64':
      return values ? BigInt64Array.from(values, BigInt) : new BigInt64Array(buffer);
    case 'uint8':
      return numbers ? Uint8Array.from(numbers) : stored;
  }
}

const pair = new Float64Array(2);
const bits = new BigInt64Array(pair.buffer);

/** How many float64 lie between two of the same sign. */
function ulps(a: number, b: number): number {
  pair.set([a, b]);
  return Math.abs(Number(bits[0] - bits[1]));
}
