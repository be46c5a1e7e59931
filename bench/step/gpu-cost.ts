/** What a training step on WebGPU costs besides the GPU: calls, and time of the thread that makes them. */
import type { Page } from '@playwright/test';
import type { Workload } from './workload';

export interface GpuCost {
  /** Calls of WebGPU a step. */
  readonly calls: Readonly<Record<string, number>>;
  /** Milliseconds of this thread a step, idle time left out. */
  readonly thread: readonly number[];
}

const STEPS = 64;

export async function gpuCost(page: Page, workload: Workload['id'], rounds: number): Promise<GpuCost> {
  const run = () =>
    page.evaluate(([id, steps]) => globalThis.benchPage!.gpuCalls(id, steps), [workload, STEPS] as const);
  await run();
  const calls = await run();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const threadMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN) * 1000;
  };
  const thread: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = await threadMs();
    await run();
    thread.push(((await threadMs()) - before) / STEPS);
  }
  await session.detach();
  return { calls, thread };
}
