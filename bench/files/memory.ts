/** Memory of a browser's processes, as Linux counts it; nothing on other systems. */
import { readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

const EVERY_MS = 5;

/** Bytes in use by all processes of the browser together: a file may pass through more than the page's own. */
async function memoryOf(browser: Browser): Promise<() => number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const paths = processInfo.map(({ id }) => `/proc/${id}/smaps_rollup`);
  return () => paths.reduce((sum, path) => sum + proportionalSize(path), 0);
}

/** What several processes share is counted in parts. */
function proportionalSize(path: string): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(path, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Runs `work`, and tells how far above the start memory rose meanwhile; `null` where it cannot be told. */
export async function watchMemory<T>(browser: Browser, work: () => Promise<T>): Promise<[T, number | null]> {
  const memory = await memoryOf(browser);
  const before = memory();
  let peak = before;
  const look = setInterval(() => {
    peak = Math.max(peak, memory());
  }, EVERY_MS);
  const result = await work();
  clearInterval(look);
  peak = Math.max(peak, memory());
  return [result, before > 0 ? peak - before : null];
}
