/**
 * Holds this program against what real PyTorch recorded: `npm run conformance -- DIR [--engine reference|wasm] [--out FILE]`.
 * The folder's content says which kind of cases it holds.
 */
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineLevel } from '../src/engine';
import { hasCorpusCases, runCorpus } from './conformance/corpus';
import { hasErrorCases, runErrors } from './conformance/errors';
import { hasGoldenCases, runGolden } from './conformance/golden';
import { hasReprCases, runRepr } from './conformance/repr';
import { hasRngCases, runRng } from './conformance/rng';

const { positionals, values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  allowPositionals: true,
  options: { engine: { type: 'string', default: 'reference' }, out: { type: 'string' } },
});

const [path] = positionals;
/** A file of cases stands for its folder. */
const dir = path?.endsWith('.json') ? dirname(path) : path;
const levels: readonly string[] = ['reference', 'wasm', 'webgpu'] satisfies EngineLevel[];
if (!dir || !levels.includes(values.engine)) {
  console.error('usage: npm run conformance -- DIR [--engine reference|wasm|webgpu] [--out FILE]');
  process.exit(2);
}
const kinds = [
  { holds: hasErrorCases, run: runErrors },
  { holds: hasGoldenCases, run: runGolden },
  { holds: hasCorpusCases, run: runCorpus },
  { holds: hasRngCases, run: runRng },
  { holds: hasReprCases, run: runRepr },
];
const found = kinds.filter(({ holds }) => holds(dir));
if (found.length === 0) {
  console.error(`${dir} holds no cases this command knows`);
  process.exit(2);
}
const engine = values.engine as EngineLevel;
let [passed, failed, skipped] = [0, 0, 0];
for (const { run } of found) {
  const counts = await run(dir, { engine, ...(values.out ? { out: values.out } : {}) });
  passed += counts.passed;
  failed += counts.failed;
  skipped += counts.skipped;
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
