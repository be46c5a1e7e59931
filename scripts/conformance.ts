/**
 * Holds this program against what real PyTorch recorded: `npm run conformance -- DIR [--engine reference|wasm] [--out FILE]`.
 * The folder's content says which kind of cases it holds.
 */
import { parseArgs } from 'node:util';
import type { EngineLevel } from '../src/engine';
import { hasCorpusCases, runCorpus } from './conformance/corpus';
import { hasGoldenCases, runGolden } from './conformance/golden';
import { hasReprCases, runRepr } from './conformance/repr';
import { hasRngCases, runRng } from './conformance/rng';

const { positionals, values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  allowPositionals: true,
  options: { engine: { type: 'string', default: 'reference' }, out: { type: 'string' } },
});

const [dir] = positionals;
const levels: readonly string[] = ['reference', 'wasm', 'webgpu'] satisfies EngineLevel[];
if (!dir || !levels.includes(values.engine)) {
  console.error('usage: npm run conformance -- DIR [--engine reference|wasm|webgpu] [--out FILE]');
  process.exit(2);
}
const kinds = [
  { holds: hasGoldenCases, run: runGolden },
  { holds: hasCorpusCases, run: runCorpus },
  { holds: hasRngCases, run: runRng },
  { holds: hasReprCases, run: runRepr },
];
const kind = kinds.find(({ holds }) => holds(dir));
if (!kind) {
  console.error(`${dir} holds no cases this command knows`);
  process.exit(2);
}
const engine = values.engine as EngineLevel;
const { passed, failed, skipped } = await kind.run(dir, {
  engine,
  ...(values.out ? { out: values.out } : {}),
});
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
