/**
 * Printed text: `samples.json` holds tensors with their bytes and what `print` wrote, `models.json` Python source and what
 * printing its last line wrote. Source the product has no words for is skipped, by name.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DType, dtypes } from '../../src/torch/dtype';
import { NotBuilt, PythonError } from '../../src/torch/errors';
import { tensorRepr } from '../../src/torch/repr/tensor';
import { numelOf, Parameter, Storage, Tensor } from '../../src/torch/tensor';
import type { Counts, GoldenOptions } from './golden';
import { run } from './python/interpret';
import { shown } from './python/shown';
import { NotExpressible } from './python/syntax';
import { World } from './python/world';

interface Sample {
  readonly id: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly text: string;
  readonly device: string;
  readonly is_parameter: boolean;
  readonly requires_grad: boolean;
  readonly grad_fn?: string;
  /** Elements, little-endian. */
  readonly hex?: string;
  /** Instead of `hex`: `arange(n)` of some shape, in float32 unless it says int64. */
  readonly formula?: string;
}

interface Item {
  readonly id: string;
  readonly code: string;
  readonly text: string;
}

interface TextResult {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly want: string;
  /** What was printed, what was raised, or what could not be expressed. */
  readonly got: string;
}

export function hasReprCases(dir: string): boolean {
  return ['samples.json', 'models.json'].some((file) => existsSync(join(dir, file)));
}

export async function runRepr(dir: string, { out }: GoldenOptions): Promise<Counts> {
  const results = await reprResults(dir);
  for (const { name, status, want, got } of results) {
    if (status === 'failed') console.log(`${name}:\n${got}\nnot\n${want}`);
    if (status === 'skipped') console.log(`${name}: not run, ${got}`);
  }
  if (out) writeFileSync(out, `${JSON.stringify(results, null, 2)}\n`);
  const count = (status: string): number => results.filter((result) => result.status === status).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

export async function reprResults(dir: string): Promise<TextResult[]> {
  const results = read<{ samples: Sample[] }>(dir, 'samples.json')?.samples.map(sampleResult) ?? [];
  for (const item of read<{ items: Item[] }>(dir, 'models.json')?.items ?? [])
    results.push(await itemResult(item));
  return results;
}

function read<T>(dir: string, file: string): T | null {
  const path = join(dir, file);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}

function sampleResult(sample: Sample): TextResult {
  const { id, dtype, shape, device, text, is_parameter: isParameter, requires_grad: requiresGrad } = sample;
  const tensor = new Tensor(new Storage(dtype, bytesOf(sample), device), shape, { requiresGrad });
  const printed = tensorRepr(isParameter ? new Parameter(tensor, requiresGrad) : tensor, sample.grad_fn);
  return result(id, text, printed);
}

function bytesOf({ hex, formula, dtype, shape }: Sample): Uint8Array {
  if (hex !== undefined) return new Uint8Array(Buffer.from(hex, 'hex'));
  const n = numelOf(shape);
  if (formula === undefined) return new Uint8Array(n * dtypes[dtype].itemsize);
  const values = Array.from({ length: n }, (_, i) => i);
  const { storage } = dtype === 'int64' ? Tensor.int64(values, shape) : Tensor.float32(values, shape);
  return storage.bytes;
}

async function itemResult({ id, code, text }: Item): Promise<TextResult> {
  try {
    const world = new World();
    return result(id, text, shown(await run(code, world), world));
  } catch (error) {
    if (error instanceof NotExpressible || error instanceof NotBuilt)
      return { name: id, status: 'skipped', want: text, got: error.message };
    if (error instanceof PythonError) return result(id, text, error.shown);
    throw error;
  }
}

function result(name: string, want: string, got: string): TextResult {
  return { name, status: got === want ? 'passed' : 'failed', want, got };
}
