/** The open page on each level: what a flip and an edit take, and how the page does while a level arrives. */
import { setTimeout as wait } from 'node:timers/promises';
import { softwareWebGpuFlags } from '../../scripts/browser.mjs';
import { Browser } from '../browser/browser';
import { type Flip, installProbe, type Level, type Shown } from '../browser/probe';
import type { Tab, Throttle } from '../browser/tab';
import { opened } from './openings';

export interface Answers {
  readonly flips: readonly Flip[];
  readonly edits: readonly Shown[];
  /** Of the page's thread during the edits. */
  readonly longestTaskOfEdits: number;
  /** `null` for the level a page opens with. */
  readonly arrival: Arrival | null;
}

export interface Arrival {
  readonly ms: number;
  /** Different things the page said of it on the way. */
  readonly reports: number;
  /** Made while it was on its way. */
  readonly flips: readonly Flip[];
}

/** Figures settle between clicks, as a person's eye does. */
const PAUSE_MS = 400;
const ARRIVAL_LIMIT_MS = 180_000;

export async function answers(
  url: string,
  throttle: Throttle,
  levels: readonly Level[],
  times: number,
): Promise<Partial<Record<Level, Answers>>> {
  const browser = await Browser.launch(...softwareWebGpuFlags);
  try {
    const tab = await browser.openTab(1440, 900);
    await tab.beforePages(installProbe);
    await tab.throttle(throttle);
    await tab.navigate(`${url}?lang=en`);
    await opened(tab);
    const results: Partial<Record<Level, Answers>> = {};
    for (const level of levels) {
      const arrival = level === 'reference' ? null : await arrive(tab, level);
      await tab.call(() => document.getElementById('cell-switch')?.scrollIntoView());
      await wait(PAUSE_MS);
      const flips = await repeat(times, () => tab.call(() => globalThis.probe.flip()));
      await tab.call(() => globalThis.probe.longestTask());
      const edits: Shown[] = [];
      for (let i = 0; i < times; i++) {
        const how = i % 2 === 0 ? 'add' : 'remove';
        edits.push(await tab.call((it) => globalThis.probe.edit(it), how as 'add' | 'remove'));
        await wait(PAUSE_MS);
      }
      const longestTaskOfEdits = await tab.call(() => globalThis.probe.longestTask());
      results[level] = { flips, edits, longestTaskOfEdits, arrival };
    }
    return results;
  } finally {
    await browser.close();
  }
}

async function arrive(tab: Tab, level: Level): Promise<Arrival> {
  const start = Date.now();
  await tab.call((wanted) => globalThis.probe.choose(wanted), level);
  const reports = new Set<string>();
  const flips: Flip[] = [];
  while (!(await tab.call((wanted) => globalThis.probe.runs(wanted), level))) {
    if (Date.now() - start > ARRIVAL_LIMIT_MS) throw new Error(`${level} did not arrive`);
    reports.add(await tab.call((wanted) => globalThis.probe.progress(wanted), level));
    flips.push(await tab.call(() => globalThis.probe.flip()));
    await wait(PAUSE_MS);
  }
  return { ms: Date.now() - start, reports: reports.size, flips };
}

async function repeat<T>(times: number, run: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < times; i++) {
    results.push(await run());
    await wait(PAUSE_MS);
  }
  return results;
}
