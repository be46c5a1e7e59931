/** Runs a folder of golden cases against the engine, with PyTorch's numbers as the measure. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend, EngineLevel } from '../../src/engine';
import { openBackend } from './backends';
import { readCase } from './golden-case';
import { readEdges, runEdge } from './golden-edges';
import { runCase } from './golden-protocol';
import { LevelMissing } from './level-missing';

export interface GoldenOptions {
  readonly engine: EngineLevel;
  /** File for the result of each case, as JSON. */
  readonly out?: string;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface CaseResult {
  readonly name: string;
  /** Empty when the case passed. */
  readonly differences: readonly string[];
  /** Largest error in units of its tolerance. */
  readonly worst?: number;
}

/**
 * Every case of the folder. What is not built yet has failed; with a level that this machine does not have, everything
 * is skipped. Prints what differs, case by case.
 */
export async function runGolden(dir: string, { engine, out }: GoldenOptions): Promise<Counts> {
  const results: CaseResult[] = [];
  try {
    const backend = await openBackend(engine);
    for await (const result of goldenResults(dir, backend)) {
      results.push(result);
      for (const difference of result.differences) console.log(`${result.name}: ${difference}`);
    }
    await backend.dispose();
  } catch (error) {
    if (!(error instanceof LevelMissing)) throw error;
    console.log(`${engine} not run: ${error.message}`);
    return { passed: 0, failed: 0, skipped: caseIds(dir).length };
  }
  if (out) writeFileSync(out, `${JSON.stringify(results, null, 2)}\n`);
  const failed = results.filter(({ differences }) => differences.length > 0).length;
  return { passed: results.length - failed, failed, skipped: 0 };
}

export function hasGoldenCases(dir: string): boolean {
  return caseIds(dir).length > 0 || existsSync(join(dir, 'edges.json'));
}

export async function* goldenResults(dir: string, backend: Backend): AsyncGenerator<CaseResult> {
  for (const id of caseIds(dir)) {
    yield await result(id, async () => {
      const { differences, worst } = await runCase(readCase(dir, id), backend);
      return { differences, worst };
    });
  }
  if (!existsSync(join(dir, 'edges.json'))) return;
  for (const edge of readEdges(dir)) {
    yield await result(`edges ${edge.name}`, async () => ({ differences: await runEdge(edge, backend) }));
  }
}

/** Cases are the pairs of a description and a file of tensors. */
function caseIds(dir: string): string[] {
  const files = new Set(readdirSync(dir));
  return [...files]
    .filter((file) => /^\d+.*\.json$/.test(file) && files.has(file.replace('.json', '.bin')))
    .map((file) => file.replace('.json', ''))
    .sort();
}

async function result(name: string, run: () => Promise<Omit<CaseResult, 'name'>>): Promise<CaseResult> {
  try {
    return { name, ...(await run()) };
  } catch (error) {
    return { name, differences: [error instanceof Error ? error.message : String(error)] };
  }
}
