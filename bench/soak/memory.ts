/** What a page holds once everything that can be let go has been let go. */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from '../browser/browser';
import type { Tab } from '../browser/tab';

export interface Memory {
  /** Megabytes of JavaScript objects, of the page and of its workers. */
  readonly heap: number;
  /** Megabytes of the renderer's process that are its own; `null` where the system does not tell (only Linux does). */
  readonly renderer: number | null;
  readonly nodes: number;
  readonly listeners: number;
}

const MEGABYTE = 2 ** 20;

export async function memoryOf(browser: Browser, tab: Tab): Promise<Memory> {
  // What one collection frees may hold what the next one finds.
  for (let i = 0; i < 3; i++) {
    await tab.everywhere('HeapProfiler.collectGarbage');
    await wait(500);
  }
  const heaps = await tab.everywhere<{ usedSize: number }>('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await tab.send<{ nodes: number; jsEventListeners: number }>(
    'Memory.getDOMCounters',
  );
  return {
    heap: heaps.reduce((sum, { usedSize }) => sum + usedSize, 0) / MEGABYTE,
    renderer: privateMegabytes(await browser.rendererPids()),
    nodes,
    listeners: jsEventListeners,
  };
}

/** The largest is the one with the page; the others are spares. */
function privateMegabytes(pids: readonly number[]): number | null {
  const sizes = pids.flatMap((pid) => {
    const file = `/proc/${pid}/smaps_rollup`;
    if (!existsSync(file)) return [];
    const [, kilobytes] = /^Private_Dirty:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8')) ?? [];
    return kilobytes ? [Number(kilobytes) / 1024] : [];
  });
  return sizes.length > 0 ? Math.max(...sizes) : null;
}
