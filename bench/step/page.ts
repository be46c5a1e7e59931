/** The page's end of the bench: opens contenders, and takes the time of what they do. */
import type { Contender, Entry } from './contender';
import { jax } from './contenders/jax';
import { loops } from './contenders/loops';
import { matchbook, matchbookHere } from './contenders/matchbook';
import { tfjs } from './contenders/tfjs';
import { MaskStream, type Workload, workloads } from './workload';

export type Task = 'train' | 'forward';

export interface BenchPage {
  readonly isolated: boolean;
  readonly entries: readonly { readonly name: string; readonly device: Entry['device'] }[];
  /** The losses of its first steps, or why it cannot. */
  open(name: string, workload: Workload['id'], steps: number): Promise<number[] | string>;
  /** Milliseconds for all of `times`. */
  time(name: string, workload: Workload['id'], task: Task, times: number): Promise<number>;
  /** Milliseconds for the masks of `steps`. */
  masks(workload: Workload['id'], steps: number): number;
  /** What WebGPU is asked to do by one of our training steps, as it settles. */
  gpuCalls(workload: Workload['id'], steps: number): Promise<Record<string, number>>;
}

declare global {
  var benchPage: BenchPage | undefined;
}

const entries = [...matchbook, loops, ...tfjs, ...jax, matchbookHere];
const opened = new Map<string, Contender>();

globalThis.benchPage = {
  isolated: crossOriginIsolated,
  entries: entries.filter((entry) => entry !== matchbookHere).map(({ name, device }) => ({ name, device })),
  async open(name, id, steps) {
    try {
      const contender = await entryOf(name).open(workloadOf(id));
      opened.set(`${name} ${id}`, contender);
      return [...(await contender.train(steps))];
    } catch (error) {
      return error instanceof Error ? error.message.split('\n')[0] : String(error);
    }
  },
  async time(name, id, task, times) {
    const contender = opened.get(`${name} ${id}`)!;
    await contender.select?.();
    const start = performance.now();
    await contender[task](times);
    return performance.now() - start;
  },
  masks(id, steps) {
    const masks = new MaskStream(workloadOf(id));
    const start = performance.now();
    for (let k = 0; k < steps; k++) masks.next();
    return performance.now() - start;
  },
  async gpuCalls(id, steps) {
    const key = `${matchbookHere.name} ${id}`;
    const contender = opened.get(key) ?? (await matchbookHere.open(workloadOf(id)));
    opened.set(key, contender);
    const counts = counted();
    await contender.train(steps);
    return Object.fromEntries(Object.entries(counts()).map(([call, count]) => [call, count / steps]));
  },
};

function entryOf(name: string): Entry {
  return entries.find((entry) => entry.name === name)!;
}

function workloadOf(id: Workload['id']): Workload {
  return workloads.find((workload) => workload.id === id)!;
}

/** Counts calls from now until the result is called. */
function counted(): () => Record<string, number> {
  const watched = [
    [GPUComputePassEncoder, 'dispatchWorkgroups'],
    [GPUCommandEncoder, 'beginComputePass'],
    [GPUCommandEncoder, 'copyBufferToBuffer'],
    [GPUQueue, 'submit'],
    [GPUQueue, 'writeBuffer'],
  ] as const;
  const counts: Record<string, number> = {};
  const restores = watched.map(([{ prototype }, name]) => {
    const methods = prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
    const original = methods[name];
    counts[name] = 0;
    methods[name] = function (this: unknown, ...args) {
      counts[name]++;
      return original.apply(this, args);
    };
    return () => {
      methods[name] = original;
    };
  });
  return () => {
    for (const restore of restores) restore();
    return counts;
  };
}
