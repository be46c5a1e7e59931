/**
 * `npm run bench -- start [--loads N] [--times N] [--levels reference,wasm,webgpu]`: how fast the built page is there and
 * how fast it answers, on a slow machine and line. Prints each figure beside its bar and writes bench/start.json.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Level } from '../browser/probe';
import { serveSite } from '../browser/site';
import { median } from '../median';
import { answers } from './answers';
import { answerBars, openingBars, printBars } from './bars';
import { asItIs, laptop, slowLine } from './conditions';
import { type Visits, visits } from './openings';

/** Visits after the first: the browser keeps more of a page each time. */
const WARM = 3;

export async function run(args: string[]): Promise<number> {
  const { values: options } = parseArgs({
    args,
    options: {
      loads: { type: 'string', default: '5' },
      times: { type: 'string', default: '20' },
      levels: { type: 'string', default: 'reference,wasm,webgpu' },
    },
  });
  const loads = Number(options.loads);
  const site = await serveSite();
  try {
    const onLaptop: Visits[] = [];
    const onSlowLine: Visits[] = [];
    const unslowed: Visits[] = [];
    for (let i = 0; i < loads; i++) {
      console.log(`opening ${i + 1} of ${loads} ...`);
      onLaptop.push(await visits(site.url, laptop, WARM));
      onSlowLine.push(await visits(site.url, slowLine, 0));
      unslowed.push(await visits(site.url, asItIs, WARM));
    }
    console.log('answering ...');
    const levels = options.levels.split(',') as Level[];
    const answered = await answers(site.url, laptop, levels, Number(options.times));
    const bars = [...openingBars(onLaptop, onSlowLine, unslowed), ...answerBars(answered)];
    printBars(bars);
    const all = [...onLaptop, ...onSlowLine, ...unslowed].flatMap(({ cold, warm }) => [cold, ...warm]);
    const machine = {
      processors: cpus().length,
      model: cpus()[0]?.model,
      load: median(all.map((visit) => visit.load)),
      loadAtEnd: loadavg()[0],
      referenceMs: median(all.map((visit) => visit.referenceMs)),
    };
    console.log(`load ${machine.load.toFixed(1)}, reference work ${machine.referenceMs.toFixed(0)} ms`);
    const file = fileURLToPath(new URL('../start.json', import.meta.url));
    writeFileSync(
      file,
      `${JSON.stringify({ machine, bars, onLaptop, onSlowLine, unslowed, answered }, null, 2)}\n`,
    );
    console.log('written to bench/start.json');
    return 0;
  } finally {
    await site.close();
  }
}
