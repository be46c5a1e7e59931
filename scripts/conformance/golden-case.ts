/** A golden case on disk: a description in JSON, its tensors in one binary file beside it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A class of torch.nn or torch.optim with its keyword arguments; lists mean tuples. */
export type Spec = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface CaseOptions {
  readonly freeze?: readonly string[];
  readonly eval_modules?: readonly string[];
  readonly zero_grad?: boolean;
  readonly accumulate?: number;
  readonly loop?: {
    readonly N: number;
    readonly batch: number;
    readonly epochs: number;
    readonly shuffle?: boolean;
    readonly drop_last?: boolean;
  };
}

export interface TensorEntry {
  readonly dtype: 'float32' | 'int32' | 'uint8';
  readonly shape: readonly number[];
  readonly offset: number;
  readonly sha256: string;
  /** Only every stride-th element is in the file. */
  readonly stride?: number;
  /** Largest difference between PyTorch's float32 and float64 runs. */
  readonly d64?: number;
  /** Largest value of the float64 run. */
  readonly max?: number;
}

export interface GoldenCase {
  readonly id: string;
  readonly seed: bigint;
  readonly net: Spec;
  readonly loss: Spec;
  readonly opt: Spec;
  readonly options: CaseOptions;
  readonly init_sha256: string;
  readonly rng_after_init?: number;
  readonly rng_after_A?: number;
  readonly rng_after_B?: number;
  readonly rng_after_C?: number;
  readonly tensors: Readonly<Record<string, TensorEntry>>;
  /** What is on disk of a tensor. */
  stored(key: string): Float32Array | Int32Array | Uint8Array;
}

export function readCase(dir: string, id: string): GoldenCase {
  const text = readFileSync(join(dir, `${id}.json`), 'utf8');
  // Seeds go beyond 2**53, where JSON.parse rounds.
  const seed = BigInt(/"seed":\s*(-?\d+)/.exec(text)?.[1] ?? '0');
  const described = JSON.parse(text) as Omit<GoldenCase, 'seed' | 'stored'>;
  const bytes = readFileSync(join(dir, `${id}.bin`));
  return {
    ...described,
    seed,
    stored(key) {
      const entry = described.tensors[key];
      if (!entry) throw new Error(`the case has no tensor ${key}`);
      const elements = entry.shape.reduce((n, d) => n * d, 1);
      const count = Math.ceil(elements / (entry.stride ?? 1));
      const itemsize = entry.dtype === 'uint8' ? 1 : 4;
      const own = new Uint8Array(bytes.subarray(entry.offset, entry.offset + count * itemsize)).buffer;
      if (entry.dtype === 'uint8') return new Uint8Array(own);
      return entry.dtype === 'int32' ? new Int32Array(own) : new Float32Array(own);
    },
  };
}
