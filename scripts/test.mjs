/**
 * `npm test`: every check in turn, going on after a failure, then a table and one closing line.
 * What cannot be run here (no Chromium, no WebGPU, no PyTorch) is named and counted as skipped, never as passed.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.mjs';
import {
  closingLine,
  fromClosingLine,
  fromPlaywright,
  fromVitest,
  notRun,
  single,
  withExit,
} from './results.mjs';

/** @typedef {import('./results.mjs').Result} Result */

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, '.matchbook', 'reports');
const minutes = 60_000;

/** Each tool's own script, run by this Node: the same on every platform, with no shell between. */
const tools = {
  biome: 'node_modules/@biomejs/biome/bin/biome',
  tsc: 'node_modules/typescript/bin/tsc',
  vite: 'node_modules/vite/bin/vite.js',
  viteNode: 'node_modules/vite-node/dist/cli.mjs',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
};

/** @type {readonly { name: string, run: () => Promise<Result> }[]} */
const parts = [
  {
    name: 'lint and format',
    run: async () => single((await node(tools.biome, 'ci', '--error-on-warnings', '.')).ok),
  },
  { name: 'types', run: async () => single((await node(tools.tsc, '--noEmit', '-p', 'tsconfig.json')).ok) },
  {
    name: 'types of src/torch',
    run: async () => single((await node(tools.tsc, '--noEmit', '-p', 'src/torch')).ok),
  },
  { name: 'lockfile', run: async () => single((await node('scripts/lock.mjs')).ok) },
  { name: 'unit', run: unit },
  { name: 'conformance', run: conformance },
  { name: 'webgpu', run: webgpu },
  { name: 'build', run: async () => single((await node(tools.vite, 'build')).ok) },
  { name: 'budget', run: budget },
  { name: 'browser', run: browser },
];

process.exitCode = await main();

async function main() {
  mkdirSync(reports, { recursive: true });
  // A build left from before must not stand in for one that fails now.
  rmSync(join(root, 'dist'), { recursive: true, force: true });

  const rows = [];
  for (const { name, run } of parts) {
    console.log(`\n=== ${name} ===`);
    const start = performance.now();
    const result = await run().catch(broken);
    for (const what of result.notRun) console.log(`not run: ${what}`);
    rows.push({ name, ...result, seconds: (performance.now() - start) / 1000 });
  }

  const total = {
    passed: rows.reduce((sum, row) => sum + row.passed, 0),
    failed: rows.reduce((sum, row) => sum + row.failed, 0),
    skipped: rows.reduce((sum, row) => sum + row.skipped, 0),
    notRun: rows.flatMap((row) => row.notRun),
  };
  console.log(
    `\n${'part'.padEnd(20)}${['passed', 'failed', 'not run', 'seconds'].map((title) => title.padStart(9)).join('')}`,
  );
  for (const { name, passed, failed, skipped, seconds } of rows) {
    const cells = [passed, failed, skipped, seconds.toFixed(1)].map((cell) => `${cell}`.padStart(9)).join('');
    console.log(`${name.padEnd(20)}${cells}`);
  }
  for (const what of total.notRun) console.log(`not run: ${what}`);
  console.log(`\n${closingLine(total)}`);
  return total.failed > 0 ? 1 : 0;
}

/** A check that cannot even be made is a failure, and no reason to leave out the others. @param {unknown} error */
function broken(error) {
  console.error(error);
  return single(false);
}

async function unit() {
  const file = join(reports, 'unit.json');
  rmSync(file, { force: true });
  const { ok } = await node(
    tools.vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  );
  return existsSync(file) ? withExit(fromVitest(readJson(file)), ok) : single(false);
}

/** The committed cases, made by real PyTorch: every `testdata` folder that holds cases. */
async function conformance() {
  const folders = caseFolders();
  if (folders.length === 0) return notRun('conformance (no folder of cases below src)');

  const sum = /** @type {Result} */ ({ passed: 0, failed: 0, skipped: 0, notRun: [] });
  for (const folder of folders) {
    console.log(`\n--- ${folder}`);
    const { ok, output } = await node(tools.viteNode, 'scripts/conformance.ts', '--', folder);
    const result = withExit(fromClosingLine(output, folder) ?? single(false), ok);
    sum.passed += result.passed;
    sum.failed += result.failed;
    sum.skipped += result.skipped;
    sum.notRun.push(...result.notRun);
  }
  return sum;
}

/** The golden cases that the unit tests run on levels 1 and 2, on level 3: training included, in a browser. */
async function webgpu() {
  const folder = 'src/engine/testdata/golden';
  const { ok, output } = await node(
    tools.viteNode,
    'scripts/conformance.ts',
    '--',
    folder,
    '--engine',
    'webgpu',
  );
  return withExit(fromClosingLine(output, `${folder} on WebGPU`) ?? single(false), ok);
}

/** @returns {string[]} relative to the repository */
function caseFolders() {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const indexes = files.filter((file) =>
    /(^|[\\/])testdata[\\/](.*[\\/])?(index|cases|edges|errors)\.json$/.test(file),
  );
  return [...new Set(indexes.map((file) => join('src', dirname(file)).replaceAll(sep, '/')))].sort();
}

function isBuilt() {
  return existsSync(join(root, 'dist', 'index.html'));
}

async function budget() {
  if (!isBuilt()) return notRun('budget (the build failed)');
  return single((await node('scripts/budget.mjs', 'dist')).ok);
}

async function browser() {
  if (!isBuilt()) return notRun('browser (the build failed)');
  const found = findBrowser({ install: false });
  if ('why' in found) return notRun(`browser (${found.why})`);

  const file = join(reports, 'browser.json');
  rmSync(file, { force: true });
  process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = file;
  const { ok } = await node(tools.playwright, 'test', '--reporter=list,json');
  return existsSync(file) ? withExit(fromPlaywright(readJson(file)), ok) : single(false);
}

/**
 * @param {string} script relative to the repository @param {...string} args
 * @returns {Promise<{ ok: boolean, output: string }>} shown as it comes, and kept
 */
function node(script, ...args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, script), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 32 * minutes,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.on('error', (error) => {
      console.error(`${relative(root, script)} did not start: ${error.message}`);
      resolve({ ok: false, output });
    });
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
