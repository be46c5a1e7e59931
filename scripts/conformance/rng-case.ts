/**
 * Vectors of the generator as real PyTorch recorded them: `rng.json`, a list of
 * {name, kind, args, seed, dtype, shape, offset, bytes, sha256}, and their values in `rng.bin`, little-endian.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Argument = number | boolean | readonly number[];

export interface RngCase {
  readonly name: string;
  /** Which draw it is: a row of the table in rng-draws.ts. */
  readonly kind: string;
  readonly args: readonly Argument[];
  /** Decimal, for a double cannot hold every seed. */
  readonly seed: string;
  readonly dtype: 'float32' | 'float64' | 'int32' | 'int64' | 'uint8';
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

interface Row extends Omit<RngCase, 'values'> {
  readonly offset: number;
  readonly bytes: number;
  readonly sha256: string;
}

export function hasRngCases(dir: string): boolean {
  return existsSync(join(dir, 'rng.json'));
}

/** Throws where the values are not the ones the description was written for. */
export function readRngCases(dir: string): RngCase[] {
  const rows = JSON.parse(readFileSync(join(dir, 'rng.json'), 'utf8')) as Row[];
  const data = readFileSync(join(dir, 'rng.bin'));
  return rows.map(({ offset, bytes, sha256, ...row }) => {
    const values = new Uint8Array(data.subarray(offset, offset + bytes));
    if (createHash('sha256').update(values).digest('hex') !== sha256)
      throw new Error(`rng.bin does not hold ${row.name} of rng.json`);
    return { ...row, values };
  });
}
