/** Opens the page again and again: with nothing kept from before, and with what the visit before has left. */
import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { Browser } from '../browser/browser';
import { installProbe, type Opening } from '../browser/probe';
import type { Tab, Throttle } from '../browser/tab';
import { asItIs } from './conditions';

export interface Visit extends Opening {
  /** Milliseconds that a fixed piece of work took just before, on this machine as it is. */
  readonly referenceMs: number;
  /** Milliseconds that the page's thread itself has worked until the page was at rest. */
  readonly threadMs: number;
  /** Processes that wanted a processor over the last minute. */
  readonly load: number;
}

export interface Visits {
  readonly cold: Visit;
  /** The next visits, in order. */
  readonly warm: readonly Visit[];
}

/** One profile's visits, from the first. */
export async function visits(url: string, throttle: Throttle, warm: number): Promise<Visits> {
  const browser = await Browser.launch();
  try {
    const tab = await browser.openTab(1280, 720);
    await tab.beforePages(installProbe);
    const cold = await visit(tab, url, throttle);
    const later: Visit[] = [];
    for (let i = 0; i < warm; i++) later.push(await visit(tab, url, throttle));
    return { cold, warm: later };
  } finally {
    await browser.close();
  }
}

async function visit(tab: Tab, url: string, throttle: Throttle): Promise<Visit> {
  await tab.navigate('about:blank');
  await tab.throttle(asItIs);
  const referenceMs = await tab.call(referenceWork);
  await tab.throttle(throttle);
  const before = await threadMs(tab);
  await tab.navigate(url);
  const opening = await opened(tab);
  return { ...opening, referenceMs, threadMs: (await threadMs(tab)) - before, load: loadavg()[0] };
}

async function threadMs(tab: Tab): Promise<number> {
  await tab.send('Performance.enable', { timeDomain: 'threadTicks' });
  const { metrics } = await tab.send<{ metrics: readonly { name: string; value: number }[] }>(
    'Performance.getMetrics',
  );
  return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN) * 1000;
}

export async function opened(tab: Tab): Promise<Opening> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    // Asking keeps the page's thread from its work, so not often.
    await wait(500);
    const opening = await tab.call(() => globalThis.probe.opening);
    if (opening) return opening;
  }
  throw new Error('the page did not open');
}

/** What else the machine does lengthens this as it lengthens everything. */
function referenceWork(): number {
  const start = performance.now();
  let sum = 0;
  for (let i = 0; i < 2e7; i++) sum += Math.sqrt(i);
  return sum > 0 ? performance.now() - start : 0;
}
