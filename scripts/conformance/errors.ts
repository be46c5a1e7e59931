/**
 * What PyTorch raises and warns of: `errors.json`, a list of {id, code, kind: error|ok, type, message, result, warnings}.
 * Class and text must be equal. Source the product has no words for is skipped, by name.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotBuilt, PythonError } from '../../src/torch/errors';
import type { Counts, GoldenOptions } from './golden';
import { runKeepingOut } from './python/interpret';
import { shown } from './python/shown';
import { NotExpressible } from './python/syntax';
import { World } from './python/world';

export interface ErrorCase {
  readonly id: string;
  readonly code: string;
  readonly kind: 'error' | 'ok';
  readonly type?: string;
  readonly message?: string;
  /** `str` of the result on one line, cut; `null` for None. */
  readonly result?: string | null;
  readonly warnings?: readonly { readonly type: string; readonly message: string }[];
}

export interface ErrorResult {
  readonly id: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly want: string;
  /** What happened here, or what could not be expressed. */
  readonly got: string;
}

/** Characters of a result that the file keeps. */
const RESULT_LENGTH = 200;

export function hasErrorCases(dir: string): boolean {
  return existsSync(join(dir, 'errors.json'));
}

export async function runErrors(dir: string, { out }: GoldenOptions): Promise<Counts> {
  const results = await errorResults(dir);
  for (const { id, status, want, got } of results) {
    if (status === 'failed') console.log(`${id}: ${got}\n  not ${want}`);
    if (status === 'skipped') console.log(`${id}: not run, ${got}`);
  }
  if (out) writeFileSync(out, `${JSON.stringify(results, null, 2)}\n`);
  const count = (status: string): number => results.filter((result) => result.status === status).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

export async function errorResults(dir: string): Promise<ErrorResult[]> {
  const results: ErrorResult[] = [];
  for (const errorCase of JSON.parse(readFileSync(join(dir, 'errors.json'), 'utf8')) as ErrorCase[])
    results.push(await errorResult(errorCase));
  return results;
}

async function errorResult(errorCase: ErrorCase): Promise<ErrorResult> {
  const { id, code } = errorCase;
  const world = new World();
  const warned = (): string =>
    world.warnings.map(({ category, message }) => `${category}: ${message}\n`).join('');
  const want = expected(errorCase);
  const compared = (outcome: string): ErrorResult => {
    const got = warned() + outcome;
    return { id, status: got === want ? 'passed' : 'failed', want, got };
  };
  try {
    const value = await runKeepingOut(code, world);
    return compared(
      errorCase.kind === 'error' ? 'no error' : cut(value === null ? 'None' : shown(value, world)),
    );
  } catch (error) {
    if (error instanceof NotExpressible || error instanceof NotBuilt)
      return { id, status: 'skipped', want, got: error.message };
    return compared(error instanceof PythonError ? error.shown : `crash: ${error}`);
  }
}

function expected({ kind, type, message, result, warnings = [] }: ErrorCase): string {
  const before = warnings.map((warning) => `${warning.type}: ${warning.message}\n`).join('');
  return before + (kind === 'error' ? `${type}: ${message}` : (result ?? 'None'));
}

function cut(text: string): string {
  return text.replaceAll('\n', ' ').slice(0, RESULT_LENGTH);
}
