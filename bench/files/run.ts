/**
 * `npm run bench -- files [--rounds N] [--megabytes N]`: how fast files are listed, loaded and saved in the browser, beside
 * torch.load and torch.save of the same file. Prints medians beside their bars and writes them to bench/files.json.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { createServer, type ServerOptions } from 'vite';
import { findBrowser, quietFlags } from '../../scripts/browser.mjs';
import { writeSparseCheckpoint } from '../../scripts/sparse-checkpoint';
import { watchMemory } from './memory';
import type { FileAnswer, FileTask } from './page';
import { TorchFiles } from './torch-files';

const here = fileURLToPath(new URL('.', import.meta.url));
const MEGABYTE = 2 ** 20;
/** A gigabyte in tensors of four megabytes. */
const LISTED = 256;

interface Row {
  readonly what: string;
  readonly median: number;
  /** At most; `null` where nothing was promised. */
  readonly bar: number | null;
  readonly unit: string;
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '9' }, megabytes: { type: 'string', default: '100' } },
  });
  const found = findBrowser({ install: false });
  if ('why' in found) {
    console.error(found.why);
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'matchbook-files-'));
  const server = await createServer({
    configFile: false,
    root: here,
    logLevel: 'error',
    server: serverOptions,
  });
  await server.listen();
  const browser = await chromium.launch({ executablePath: found.path, args: [...quietFlags] });
  try {
    const url = new URL('page.html', server.resolvedUrls?.local[0]).href;
    const rows = [
      ...(await listing(browser, url, folder, Number(values.rounds))),
      ...(await beside(browser, url, folder, Number(values.rounds), Number(values.megabytes))),
    ];
    for (const { what, median, bar, unit } of rows) {
      const kept = bar === null ? '    ' : median <= bar ? 'ok  ' : 'OVER';
      const promised = bar === null ? '' : `, at most ${bar} ${unit}`;
      console.log(`${kept} ${what}: ${median.toFixed(2)} ${unit}${promised}`);
    }
    const machine = { processors: cpus().length, model: cpus()[0]?.model, load: loadavg()[0] };
    const file = fileURLToPath(new URL('../files.json', import.meta.url));
    writeFileSync(file, `${JSON.stringify({ machine, browser: browser.version(), rows }, null, 2)}\n`);
    console.log('written to bench/files.json');
    return 0;
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const serverOptions: ServerOptions = {
  host: '127.0.0.1',
  hmr: false,
  watch: null,
  fs: { allow: [fileURLToPath(new URL('../..', import.meta.url))] },
};

async function listing(browser: Browser, url: string, folder: string, rounds: number): Promise<Row[]> {
  const path = join(folder, 'gigabyte.pth');
  writeSparseCheckpoint(path, LISTED, 4 * MEGABYTE);
  const page = await open(browser, url, path);
  const times: number[] = [];
  const grown: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const [answer, more] = await watchMemory(browser, () => task(page, 'list'));
    if (answer.count !== LISTED) throw new Error(`${answer.count} tensors instead of ${LISTED}`);
    times.push(answer.milliseconds);
    if (more !== null) grown.push(more / MEGABYTE);
  }
  await page.close();
  const what = `keys of ${(statSync(path).size / 1e9).toFixed(1)} GB`;
  return [
    { what, median: median(times), bar: 500, unit: 'ms' },
    ...(grown.length > 0
      ? [{ what: `${what}, memory`, median: Math.max(...grown), bar: 64, unit: 'MB' }]
      : []),
  ];
}

/** Turn by turn with PyTorch, so that what else the machine does falls on both. */
async function beside(
  browser: Browser,
  url: string,
  folder: string,
  rounds: number,
  megabytes: number,
): Promise<Row[]> {
  const path = join(folder, 'state_dict.pth');
  const torch = await TorchFiles.open(path, megabytes);
  if (!torch) {
    console.log('loading and saving not run: no python3 with torch (MATCHBOOK_PYTHON names one)');
    return [];
  }
  try {
    const page = await open(browser, url, path);
    const times = { read: [] as number[], load: [] as number[], save: [] as number[] };
    const ratios = { read: [] as number[], load: [] as number[], save: [] as number[] };
    for (let round = -1; round < rounds; round++) {
      for (const what of ['read', 'load', 'save'] as const) {
        const own = (await task(page, what)).milliseconds;
        const its = await torch.time(what === 'save' ? 'save' : 'load');
        // The first round fills caches.
        if (round < 0) continue;
        times[what].push(own);
        ratios[what].push(own / its);
      }
    }
    const size = `${(torch.size / 1e6).toFixed(0)} MB`;
    console.log(
      `load ${median(times.load).toFixed(0)} ms, save ${median(times.save).toFixed(0)} ms (medians)`,
    );
    return [
      {
        what: `Blob.arrayBuffer() of ${size} alone, in times of torch.load`,
        median: median(ratios.read),
        bar: null,
        unit: 'x',
      },
      {
        what: `load of ${size} to typed arrays, in times of torch.load`,
        median: median(ratios.load),
        bar: 2,
        unit: 'x',
      },
      {
        what: `save of ${size} to a Blob, in times of torch.save`,
        median: median(ratios.save),
        bar: 2,
        unit: 'x',
      },
    ];
  } finally {
    torch.close();
  }
}

async function open(browser: Browser, url: string, path: string): Promise<Page> {
  const page = await browser.newPage();
  page.on('console', (message) => console.error(message.text()));
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(url);
  await page.waitForFunction(() => globalThis.filesPage);
  await page.setInputFiles('input', path);
  return page;
}

function task(page: Page, what: FileTask): Promise<FileAnswer> {
  return page.evaluate((name) => globalThis.filesPage!.run(name), what);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
