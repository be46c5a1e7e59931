/**
 * `npm run bench -- [--rounds N] [--gpu-rounds N] [--only R1,R2]`: Matchbook's levels beside TensorFlow.js, jax-js and
 * PyTorch. Prints medians and ratios and writes them to bench/results.json.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findBrowser, quietFlags, softwareWebGpuFlags } from '../../scripts/browser.mjs';
import { runEager } from './eager';
import { gpuCost } from './gpu-cost';
import { type Measured, measure, measureMasks, type Runner } from './measure';
import { printSummary, type Summary, summarize } from './report';
import { serve } from './serve';
import { workloads } from './workload';

const bench = fileURLToPath(new URL('..', import.meta.url));

/** A page in the background must run as fast as one in front. */
const evenFlags = [
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

const none: Measured = { times: new Map(), errors: new Map(), left: new Map() };

export async function run(args: string[]): Promise<number> {
  const { values: options } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '15' },
      'gpu-rounds': { type: 'string', default: '3' },
      only: { type: 'string', default: workloads.map(({ id }) => id).join() },
    },
  });
  installPeers();
  const found = findBrowser({ install: false });
  if ('why' in found) {
    console.error(found.why);
    return 1;
  }
  const chosen = workloads.filter(({ id }) => options.only.split(',').includes(id));
  const rounds = Number(options.rounds);
  console.log('PyTorch eager ...');
  const eager = runEager(chosen, rounds);
  if (!eager) console.log('not run: no Python with PyTorch');

  const browser = await chromium.launch({
    executablePath: found.path,
    args: [...quietFlags, ...softwareWebGpuFlags, ...evenFlags],
  });
  const servers = [await serve({ isolated: false }), await serve({ isolated: true })];
  try {
    const [plain, isolated] = [await open(browser, servers[0].url), await open(browser, servers[1].url)];
    const masks = await measureMasks(plain, rounds);
    const results: Record<string, Summary> = {};
    for (const workload of chosen) {
      const { id } = workload;
      console.log(`${id} ...`);
      const losses = eager?.[id]?.losses ?? null;
      const cpu = await measure(await runners(plain, isolated, 'cpu'), id, losses, rounds);
      const gpuRounds = Number(options['gpu-rounds']);
      const gpu =
        gpuRounds > 0 ? await measure(await runners(plain, null, 'gpu'), id, losses, gpuRounds) : none;
      results[id] = summarize({
        workload,
        cpu,
        gpu,
        eager: eager?.[id] ?? null,
        masks: masks.get(id)!,
        gpuCost: gpu.times.has('Matchbook WebGPU') ? await gpuCost(plain, id, gpuRounds) : null,
      });
      printSummary(id, results[id]);
    }
    const file = `${bench}results.json`;
    writeFileSync(file, `${JSON.stringify({ browser: browser.version(), rounds, results }, null, 2)}\n`);
    console.log('\nwritten to bench/results.json');
    return 0;
  } finally {
    await browser.close();
    for (const server of servers) await server.close();
  }
}

/** The peers are this folder's own dependencies. */
function installPeers(): void {
  if (existsSync(`${bench}node_modules/@jax-js/jax`)) return;
  console.log('Installing the peers in bench/ ...');
  const { status } = spawnSync('npm', ['ci', '--prefix', bench, '--ignore-scripts'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm ci in bench/ failed');
}

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(url);
  await page.waitForFunction(() => globalThis.benchPage, undefined, { timeout: 120_000 });
  return page;
}

/** jax-js's better setting depends on the network: with threads, which need an isolated page, or without. */
async function runners(plain: Page, isolated: Page | null, device: 'cpu' | 'gpu'): Promise<Runner[]> {
  const entries = await plain.evaluate(() => [...globalThis.benchPage!.entries]);
  return entries
    .filter((entry) => entry.device === device)
    .flatMap(({ name }) => {
      const own: Runner = { name, entry: name, page: plain };
      const twice = isolated && name.startsWith('jax-js');
      return twice ? [own, { name: `${name} (isolated)`, entry: name, page: isolated }] : [own];
    });
}
