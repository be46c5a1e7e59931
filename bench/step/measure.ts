/** Rounds in which every contender has its turn, so that what else the machine does falls on all of them alike. */
import type { Page } from '@playwright/test';
import type { Task } from './page';
import { type Workload, workloads } from './workload';

/** Steps whose losses must agree before anything is timed. */
export const CHECKED_STEPS = 8;
/** Relative to PyTorch's loss, or the TypeScript level's where there is no PyTorch. */
const TOLERANCE = 1e-4;
/** What one turn should last. */
const TURN_MS = 80;

export interface Runner {
  /** What the report calls it. */
  readonly name: string;
  /** What the page calls it. */
  readonly entry: string;
  readonly page: Page;
}

/** Milliseconds a step or forward, one number a round. */
export type Times = Readonly<Record<Task, readonly number[]>>;

export interface Measured {
  readonly times: ReadonlyMap<string, Times>;
  /** Largest relative error of the checked losses. */
  readonly errors: ReadonlyMap<string, number>;
  /** Why others have no times. */
  readonly left: ReadonlyMap<string, string>;
}

export async function measure(
  runners: readonly Runner[],
  workload: Workload['id'],
  wanted: readonly number[] | null,
  rounds: number,
): Promise<Measured> {
  const errors = new Map<string, number>();
  const left = new Map<string, string>();
  const ready: Runner[] = [];
  let want = wanted;
  for (const runner of runners) {
    const losses = await runner.page.evaluate(
      ([entry, id, steps]) => globalThis.benchPage!.open(entry, id, steps),
      [runner.entry, workload, CHECKED_STEPS] as const,
    );
    if (typeof losses === 'string') {
      left.set(runner.name, losses);
      continue;
    }
    want ??= losses;
    const error = Math.max(...want.map((loss, i) => Math.abs(losses[i] - loss) / Math.abs(loss)));
    errors.set(runner.name, error);
    if (error <= TOLERANCE) ready.push(runner);
    else left.set(runner.name, `computes something else: losses off by ${error.toExponential(1)}`);
  }
  return { times: await turns(ready, workload, rounds), errors, left };
}

async function turns(
  runners: readonly Runner[],
  workload: Workload['id'],
  rounds: number,
): Promise<Map<string, Times>> {
  const tasks = ['train', 'forward'] as const;
  const counts = new Map<string, number>();
  const times = new Map(
    runners.map(({ name }) => [name, { train: [] as number[], forward: [] as number[] }]),
  );
  for (const runner of runners) {
    for (const task of tasks) counts.set(`${runner.name} ${task}`, await turnLength(runner, workload, task));
  }
  for (let round = 0; round < rounds; round++) {
    for (const task of tasks) {
      for (const runner of runners) {
        const count = counts.get(`${runner.name} ${task}`)!;
        times.get(runner.name)![task].push((await turn(runner, workload, task, count)) / count);
      }
    }
  }
  return times;
}

/** Steps that fill a turn; finding out warms up. */
async function turnLength(runner: Runner, workload: Workload['id'], task: Task): Promise<number> {
  let count = 1;
  for (;;) {
    const took = await turn(runner, workload, task, count);
    if (took > TURN_MS / 2 || count >= 4096) return Math.max(1, Math.round((count * TURN_MS) / took));
    count *= 2;
  }
}

function turn({ page, entry }: Runner, workload: Workload['id'], task: Task, count: number): Promise<number> {
  return page.evaluate(([name, id, what, times]) => globalThis.benchPage!.time(name, id, what, times), [
    entry,
    workload,
    task,
    count,
  ] as const);
}

/** Microseconds for the masks of one step, one number a round. */
export async function measureMasks(page: Page, rounds: number): Promise<Map<string, number[]>> {
  const steps = 64;
  const times = new Map<string, number[]>(workloads.map(({ id }) => [id, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [id, own] of times) {
      const took = await page.evaluate(([workload, count]) => globalThis.benchPage!.masks(workload, count), [
        id as Workload['id'],
        steps,
      ] as const);
      own.push((took * 1000) / steps);
    }
  }
  return times;
}
