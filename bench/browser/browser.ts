/** A Chromium of its own profile, spoken to over a pipe. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { findBrowser, quietFlags } from '../../scripts/browser.mjs';
import { Pipe } from './pipe';
import { Tab } from './tab';

export class Browser {
  readonly version: string;
  private readonly child: ChildProcess;
  private readonly profile: string;
  private readonly pipe: Pipe;

  private constructor(child: ChildProcess, profile: string, pipe: Pipe, version: string) {
    this.child = child;
    this.profile = profile;
    this.pipe = pipe;
    this.version = version;
  }

  /** With nothing kept from before. */
  static async launch(...flags: string[]): Promise<Browser> {
    const found = findBrowser({ install: false });
    if ('why' in found) throw new Error(found.why);
    const profile = mkdtempSync(join(tmpdir(), 'matchbook-bench-'));
    const own = ['--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile}`];
    // Chromium refuses to start its sandbox as root.
    if (process.getuid?.() === 0) own.push('--no-sandbox');
    const child = spawn(found.path, [...quietFlags, ...own, ...flags, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const [, , , input, output] = child.stdio;
    const pipe = new Pipe(input as Writable, output as Readable);
    const { product } = await pipe.send<{ product: string }>('Browser.getVersion');
    return new Browser(child, profile, pipe, product);
  }

  openTab(width: number, height: number): Promise<Tab> {
    return Tab.open(this.pipe, width, height);
  }

  /** Process ids of what runs pages and their workers. */
  async rendererPids(): Promise<number[]> {
    const { processInfo } = await this.pipe.send<{
      processInfo: readonly { readonly type: string; readonly id: number }[];
    }>('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    await this.pipe.send('Browser.close').catch(() => undefined);
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
