/**
 * Changed files of every kind through everything that reads files:
 * `npm run fuzz -- [--count N] [--seed S] [--from INDEX] [--corpus DIR]...`. Every file is made anew from the seed and its number,
 * so `--seed S --from INDEX --count 1` makes one again. Exit code 1 where one raises what it must not, takes longer than a second,
 * or leaves more memory in use than the bound.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bases, type Case, caseOf } from './fuzz/cases';
import { targets } from './fuzz/targets';

/** What a load may set aside, described in `limits`, and as much again for what was not collected yet. */
const MEMORY = 2 ** 31;
const SECOND = 1000;
/** Cases between two looks at the memory, which take as long as a case. */
const SAMPLED = 16;

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    from: { type: 'string', default: '0' },
    corpus: { type: 'string', multiple: true, default: [] },
    keep: { type: 'string' },
  },
});

const [seed, from, count] = [Number(values.seed), Number(values.from), Number(values.count)];
// Every error that is raised and caught would trace its stack.
Error.stackTraceLimit = 3;
const list = bases(values.corpus);
console.log(`seed ${seed}, ${list.length} files to start from`);

let found = 0;
let [slowest, peak] = [0, 0];
const start = performance.now();
for (let index = from; index < from + count; index++) {
  const one = caseOf(list, seed, index);
  const took = await timed(() => runAll(index, one));
  slowest = Math.max(slowest, took);
  if (took > SECOND) await findSlow(index, one);
  if (index % SAMPLED === 0) lookAtMemory(index, one);
  if ((index + 1 - from) % 10_000 === 0) progress(index + 1 - from);
}
progress(count);
process.exitCode = found > 0 ? 1 : 0;

function told(index: number, { base, bytes }: Case, what: string): string {
  return `--seed ${seed} --from ${index} --count 1  (${what}, a changed ${base}, ${bytes.length} bytes)`;
}

async function runAll(index: number, one: Case): Promise<void> {
  for (const [name, run] of targets) {
    try {
      await run(one.bytes, one.random);
    } catch (error) {
      report(`${told(index, one, name)}\n${error instanceof Error ? error.stack : String(error)}`, one);
    }
  }
}

/** One of them takes the time, or all together do: the best of three counts, since memory is collected at any time. */
async function findSlow(index: number, one: Case): Promise<void> {
  for (const [name, run] of targets) {
    let took = Number.POSITIVE_INFINITY;
    for (let again = 0; again < 3 && took > SECOND; again++) {
      took = Math.min(took, await timed(async () => run(one.bytes, one.random)));
    }
    if (took > SECOND) report(`${Math.round(took)} ms: ${told(index, one, name)}`, one);
  }
}

/** Milliseconds of this process, whatever else the machine does. */
async function timed(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  try {
    await run();
  } catch {
    // Told when all targets ran.
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function lookAtMemory(index: number, one: Case): void {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  peak = Math.max(peak, heapUsed + arrayBuffers);
  if (heapUsed + arrayBuffers > MEMORY)
    report(`${heapUsed + arrayBuffers} bytes: ${told(index, one, 'memory')}`, one);
}

function report(what: string, { bytes }: Case): void {
  found++;
  console.log(what);
  if (values.keep) writeFileSync(`${values.keep}/${found}.bin`, bytes);
}

function progress(done: number): void {
  const seconds = (performance.now() - start) / 1000;
  const megabytes = Math.round(peak / 2 ** 20);
  console.log(
    `${done} files, ${found} found, slowest ${Math.round(slowest)} ms, at most ${megabytes} MB, ${Math.round(done / seconds)}/s`,
  );
}
