/** Runs a folder of checkpoint cases: the same files, programs and steps as PyTorch was given, the same outcome expected. */
import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { EngineLevel } from '../../src/engine';
import { openBackend } from './backends';
import { type CorpusCase, hasCorpusCases, readCorpus } from './corpus-case';
import { type Actual, runCase } from './corpus-run';

export { hasCorpusCases };

/**
 * Outputs of a forward are compared by their first values: PyTorch's matrix product sums in blocks, ours in order, so the last
 * bits of a float32 differ. Everything read from a file is compared by its hash.
 */
const FORWARD_TOLERANCE = 1e-6;

export interface CorpusOptions {
  readonly engine: EngineLevel;
  /** File for the actual outcome of each case, as JSON. */
  readonly out?: string;
}

export interface CorpusResult {
  readonly id: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly differences: readonly string[];
  readonly actual: Actual | null;
}

/** Every case, in order. A case that carries Python text is skipped, by name. */
export async function* corpusResults(dir: string, engine: EngineLevel): AsyncGenerator<CorpusResult> {
  const corpus = readCorpus(dir);
  const backend = await openBackend(engine);
  for (const corpusCase of corpus.cases) {
    const { id } = corpusCase;
    if (!corpusCase.structured) {
      yield { id, status: 'skipped', differences: [], actual: null };
      continue;
    }
    const actual = await crashProof(corpusCase, () => runCase(corpusCase, dir, backend));
    const differences = compare(corpusCase, actual);
    yield { id, status: differences.length > 0 ? 'failed' : 'passed', differences, actual };
  }
  await backend.dispose();
}

/** A failure to even set a case up is a failed case, not the end of the run. */
async function crashProof(corpusCase: CorpusCase, run: () => Promise<Actual>): Promise<Actual> {
  try {
    return await run();
  } catch (problem) {
    const message = problem instanceof Error ? String(problem.stack) : String(problem);
    const error = { step: corpusCase.steps.length, type: 'crash', module: '', message };
    return { outcome: 'crash', results: [], error, warnings: [], globals: [] };
  }
}

/** What differs from PyTorch, as far as the case's tier asks. */
export function compare(corpusCase: CorpusCase, actual: Actual): string[] {
  const { expect, tier, reportGlobals } = corpusCase;
  if (actual.outcome === 'crash') return [`crash: ${actual.error?.message}`];
  const unnamed = (reportGlobals ?? []).filter((name) => !actual.globals.includes(name));
  const differences = unnamed.map((name) => `global ${name} is not reported`);
  const runsPayload = reportGlobals !== null && corpusCase.steps.some((step) => step.weights_only === false);
  // PyTorch runs these: here a refusal is right, an error is right, and a value only if it is PyTorch's own harmless one.
  if (runsPayload && actual.outcome !== 'ok') return differences;
  if (tier === 3 && !runsPayload) return differences;
  const add = (what: string, got: unknown, want: unknown): void => {
    if (!isDeepStrictEqual(got, want))
      differences.push(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(want)}`);
  };
  if (actual.outcome !== expect.outcome) {
    const { type, message } = actual.error ?? { type: '', message: '' };
    return [...differences, `${actual.outcome} instead of ${expect.outcome}: ${type} ${message}`];
  }
  if (expect.error) {
    add('error type', [actual.error?.module, actual.error?.type], [expect.error.module, expect.error.type]);
    if (tier === 1) add('message', actual.error?.message, expect.error.message);
    if (tier === 1) add('failing step', actual.error?.step, expect.error.step);
  }
  if (!expect.error || tier === 1) {
    add('number of results', actual.results.length, expect.results.length);
    for (const [i, want] of expect.results.entries()) {
      const got = actual.results[i];
      if (corpusCase.steps[i]?.op !== 'forward' || !closeTensors(got, want)) add(`result ${i}`, got, want);
    }
  }
  if (tier === 1) {
    // The harness that recorded the cases leaves a file open where it loads from a buffer.
    const warnings = expect.warnings.filter(({ category }) => category !== 'ResourceWarning');
    add('warnings', actual.warnings, warnings);
  }
  return differences;
}

/** Equal but for rounding in the values. */
function closeTensors(got: unknown, want: unknown): boolean {
  if (!isTensor(got) || !isTensor(want)) return false;
  const { sha256: _, first: gotFirst, ...gotRest } = got;
  const { sha256: __, first: wantFirst, ...wantRest } = want;
  const close = (x: number, y: number): boolean =>
    Math.abs(x - y) <= FORWARD_TOLERANCE * Math.max(1, Math.abs(y));
  return (
    isDeepStrictEqual(gotRest, wantRest) &&
    gotFirst.length === wantFirst.length &&
    gotFirst.every((x, i) => x === wantFirst[i] || close(Number(x), Number(wantFirst[i])))
  );
}

function isTensor(
  value: unknown,
): value is { readonly t: 'tensor'; readonly first: readonly unknown[]; readonly sha256: string } {
  return (
    typeof value === 'object' && value !== null && 't' in value && value.t === 'tensor' && 'first' in value
  );
}

/** Prints what differs, case by case. */
export async function runCorpus(
  dir: string,
  { engine, out }: CorpusOptions,
): Promise<{ passed: number; failed: number; skipped: number }> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const results: CorpusResult[] = [];
  for await (const result of corpusResults(dir, engine)) {
    counts[result.status]++;
    results.push(result);
    if (result.status === 'skipped') console.log(`${result.id}: skipped, carries Python text`);
    for (const difference of result.differences) console.log(`${result.id}: ${difference.slice(0, 2000)}`);
  }
  if (out) writeFileSync(out, `${JSON.stringify(results, null, 1)}\n`);
  return counts;
}
