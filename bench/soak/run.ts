/**
 * `npm run bench -- soak [--level wasm] [--steps N] [--flips N] [--edits N]`: an hour of training, a thousand flips and two
 * hundred edits without the pauses between, and what the page holds afterwards. Writes bench/soak.json.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { softwareWebGpuFlags } from '../../scripts/browser.mjs';
import { Browser } from '../browser/browser';
import { installProbe, type Level } from '../browser/probe';
import { serveSite } from '../browser/site';
import type { Tab } from '../browser/tab';
import { compressTime, edits, flips, train } from './learner';
import { type Memory, memoryOf } from './memory';

/** Play takes 20 steps a second. */
const HOUR_OF_STEPS = 72_000;
/** Megabytes the renderer may have grown by. */
const ALLOWED = 50;

interface Stage {
  readonly name: string;
  readonly seconds: number;
  readonly memory: Memory;
}

export async function run(args: string[]): Promise<number> {
  const { values: options } = parseArgs({
    args,
    options: {
      level: { type: 'string', default: 'wasm' },
      steps: { type: 'string', default: String(HOUR_OF_STEPS) },
      flips: { type: 'string', default: '1000' },
      edits: { type: 'string', default: '200' },
    },
  });
  const level = options.level as Level;
  const site = await serveSite();
  const browser = await Browser.launch(...softwareWebGpuFlags);
  try {
    const tab = await browser.openTab(1440, 900);
    await tab.beforePages(compressTime);
    await tab.beforePages(installProbe);
    await tab.navigate(`${site.url}?lang=en`);
    await warmUp(tab, level);
    const stages: Stage[] = [];
    const stage = async (name: string, work: () => Promise<void>): Promise<void> => {
      const start = performance.now();
      await work();
      const seconds = (performance.now() - start) / 1000;
      const memory = await memoryOf(browser, tab);
      stages.push({ name, seconds, memory });
      print(name, seconds, memory);
    };
    await stage(`opened, ${level} in use`, async () => undefined);
    await stage(`${options.steps} training steps`, () => train(tab, Number(options.steps)));
    await stage(`${options.flips} flips`, () => flips(tab, Number(options.flips)));
    await stage(`${options.edits} edits`, () => edits(tab, Number(options.edits)));
    const grown = growth(stages[0].memory, stages[stages.length - 1].memory);
    console.log(
      `grown by ${grown.toFixed(1)} MB, at most ${ALLOWED}: ${grown <= ALLOWED ? 'kept' : 'missed'}`,
    );
    const file = fileURLToPath(new URL('../soak.json', import.meta.url));
    writeFileSync(file, `${JSON.stringify({ level, grown, stages }, null, 2)}\n`);
    console.log('written to bench/soak.json');
    return grown <= ALLOWED ? 0 : 1;
  } finally {
    await browser.close();
    await site.close();
  }
}

/** A little of everything, so that what is loaded once has been. */
async function warmUp(tab: Tab, level: Level): Promise<void> {
  while (!(await tab.call(() => globalThis.probe.opening !== null))) await wait(200);
  await tab.call((wanted) => globalThis.probe.choose(wanted), level);
  while (!(await tab.call((wanted) => globalThis.probe.runs(wanted), level))) await wait(200);
  await edits(tab, 6);
  await train(tab, 40);
  await flips(tab, 6);
}

function growth(before: Memory, after: Memory): number {
  return after.renderer !== null && before.renderer !== null
    ? after.renderer - before.renderer
    : after.heap - before.heap;
}

function print(name: string, seconds: number, { heap, renderer, nodes, listeners }: Memory): void {
  const own = renderer === null ? 'unknown' : `${renderer.toFixed(1)} MB`;
  console.log(
    `${name.padEnd(28)}${seconds.toFixed(0).padStart(5)} s   heap ${heap.toFixed(1)} MB   renderer ${own}   ${nodes} nodes, ${listeners} listeners`,
  );
}
