/** The WebGPU level as Node sees it: a Chromium with a page that opens the level as a notebook does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import type { Backend, Feeds, Results, TrainFeeds, TrainResult } from '../../src/engine/backend';
import type { Graph, StepGraph } from '../../src/engine/graph/graph';
import { findBrowser, quietFlags, softwareWebGpuFlags } from '../browser.mjs';
import { LevelMissing } from './level-missing';
import { fromWire, toWire } from './wire';

/** On the processor: the numbers are what is asked for, not the speed. */
export async function openBrowserBackend(): Promise<Backend> {
  const found = findBrowser({ install: false });
  if ('why' in found) throw new LevelMissing(found.why);
  const browser = await chromium.launch({
    executablePath: found.path,
    args: [...quietFlags, ...softwareWebGpuFlags],
  });
  const backend = new BrowserBackend(await browser.newPage(), browser, await serve());
  try {
    await backend.open();
  } catch (error) {
    await backend.dispose();
    throw error;
  }
  return backend;
}

interface Served {
  readonly vite: ViteDevServer;
  readonly cache: string;
}

/** A server of its own: one that a person runs beside it keeps its cache. */
async function serve(): Promise<Served> {
  const cache = mkdtempSync(join(tmpdir(), 'matchbook-vite-'));
  const vite = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    cacheDir: cache,
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true },
    server: { host: '127.0.0.1', hmr: false, watch: null },
    worker: { format: 'es' },
  });
  await vite.listen();
  return { vite, cache };
}

class BrowserBackend implements Backend {
  readonly level = 'webgpu';
  private readonly page: Page;
  private readonly browser: Browser;
  private readonly server: Served;
  private readonly numbers = new Map<Graph | StepGraph, number>();

  constructor(page: Page, browser: Browser, server: Served) {
    this.page = page;
    this.browser = browser;
    this.server = server;
  }

  async open(): Promise<void> {
    const [origin] = this.server.vite.resolvedUrls?.local ?? [];
    await this.page.goto(new URL('scripts/conformance/browser-page.html', origin).href);
    await this.page.waitForFunction(() => globalThis.pageBackend);
    const why = await this.page.evaluate(() => globalThis.pageBackend!.open());
    if (why !== null) throw new LevelMissing(why);
  }

  async run(
    graph: Graph,
    feeds: Feeds,
    outputs: readonly string[] = [...graph.outputs.keys()],
  ): Promise<Results> {
    const number = await this.define(graph);
    const results = await this.page.evaluate(
      (call) => globalThis.pageBackend!.run(call.number, call.feeds, call.outputs),
      { number, feeds: toWire(feeds), outputs },
    );
    return fromWire(results);
  }

  async train(step: StepGraph, feeds: TrainFeeds): Promise<TrainResult> {
    const number = await this.define(step);
    const result = await this.page.evaluate(
      (call) => globalThis.pageBackend!.train(call.number, call.feeds),
      {
        number,
        feeds: toWire(feeds),
      },
    );
    return fromWire(result);
  }

  async dispose(): Promise<void> {
    await this.browser.close();
    await this.server.vite.close();
    rmSync(this.server.cache, { recursive: true, force: true });
  }

  private async define(graph: Graph | StepGraph): Promise<number> {
    const known = this.numbers.get(graph);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(graph, number);
    await this.page.evaluate((sent) => globalThis.pageBackend!.define(sent.number, sent.graph), {
      number,
      graph: toWire(graph),
    });
    return number;
  }
}
