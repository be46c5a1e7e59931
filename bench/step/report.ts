/** The bench's numbers for a person: medians side by side, and ratios against what Matchbook promises. */
import { median } from '../median';
import type { EagerTimes } from './eager';
import type { GpuCost } from './gpu-cost';
import type { Measured, Times } from './measure';
import type { Workload } from './workload';

export interface WorkloadResult {
  readonly workload: Workload;
  readonly cpu: Measured;
  readonly gpu: Measured;
  readonly eager: EagerTimes | null;
  readonly masks: readonly number[];
  readonly gpuCost: GpuCost | null;
}

/** How many times faster than the best peer the WASM level is to be. */
const faster: Readonly<Record<Workload['id'], number>> = { R1: 4, R2: 2.5, R3: 10 };
/** Milliseconds a step of plain typed-array loops, and of jax-js beside them, measured once on one machine. */
const loops: Readonly<Record<Workload['id'], { readonly own: number; readonly jax: number }>> = {
  R1: { own: 0.12, jax: 0.61 },
  R2: { own: 1.15, jax: 0.91 },
  R3: { own: 21, jax: 63 },
};
/** Times those loops that the TypeScript level may take. */
const LOOPS_ALLOWED = 2.5;
/** Of one step on WebGPU. */
const GPU_ALLOWED = { dispatches: 170, threadMs: 0.6 } as const;

export interface Summary {
  readonly title: string;
  /** Milliseconds. */
  readonly medians: Readonly<Record<string, Readonly<Record<'train' | 'forward', number>>>>;
  readonly lossErrors: Readonly<Record<string, number>>;
  readonly notRun: Readonly<Record<string, string>>;
  readonly maskMicroseconds: number;
  /** Above 1: Matchbook is faster. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly webgpuStep: { readonly calls: GpuCost['calls']; readonly threadMs: number } | null;
}

export function summarize({ workload, cpu, gpu, eager, masks, gpuCost }: WorkloadResult): Summary {
  const all = new Map<string, Times>([
    ...cpu.times,
    ...gpu.times,
    ...(eager ? [['PyTorch eager', eager] as const] : []),
  ]);
  const medians = Object.fromEntries(
    [...all].map(([name, { train, forward }]) => [name, { train: median(train), forward: median(forward) }]),
  );
  const ratios: Record<string, number> = {};
  for (const task of ['train', 'forward'] as const) {
    const peers = [...cpu.times.keys()].filter((name) => !name.startsWith('Matchbook'));
    const best = Math.min(...peers.map((name) => medians[name][task]));
    for (const [name, times] of Object.entries(medians)) {
      if (!name.startsWith('Matchbook') || gpu.times.has(name)) continue;
      if (Number.isFinite(best)) ratios[`${task}: ${name} against the best peer`] = best / times[task];
      if (eager)
        ratios[`${task}: ${name} against PyTorch eager`] = medians['PyTorch eager'][task] / times[task];
    }
  }
  return {
    title: workload.title,
    medians,
    lossErrors: Object.fromEntries([...cpu.errors, ...gpu.errors]),
    notRun: Object.fromEntries([...cpu.left, ...gpu.left]),
    maskMicroseconds: median(masks),
    ratios,
    webgpuStep: gpuCost && { calls: gpuCost.calls, threadMs: median(gpuCost.thread) },
  };
}

export function printSummary(id: Workload['id'], summary: Summary): void {
  console.log(`\n${id}  ${summary.title}   (masks of a step: ${summary.maskMicroseconds.toFixed(0)} us)`);
  console.log(`${''.padEnd(34)}${'step ms'.padStart(10)}${'forward ms'.padStart(12)}`);
  for (const [name, { train, forward }] of Object.entries(summary.medians)) {
    console.log(`${name.padEnd(34)}${digits(train).padStart(10)}${digits(forward).padStart(12)}`);
  }
  for (const [name, why] of Object.entries(summary.notRun))
    console.log(`${name.padEnd(34)}  not run: ${why}`);
  for (const [what, ratio] of Object.entries(summary.ratios))
    console.log(`  ${digits(ratio).padStart(7)}x  ${what}`);
  const loopTimes = timesLoops(id, summary.medians);
  if (loopTimes !== null) {
    const kept = loopTimes <= LOOPS_ALLOWED ? 'kept' : 'missed';
    console.log(
      `  TypeScript takes ${digits(loopTimes)} times plain loops, at most ${LOOPS_ALLOWED}: ${kept}`,
    );
  }
  const reached = summary.ratios['train: Matchbook WASM against the best peer'];
  if (reached !== undefined) {
    console.log(
      `  WASM is to be ${faster[id]} times faster than the best peer: ${reached >= faster[id] ? 'reached' : 'missed'}`,
    );
  }
  if (summary.webgpuStep) {
    const { calls, threadMs } = summary.webgpuStep;
    const kept = calls.dispatchWorkgroups <= GPU_ALLOWED.dispatches && threadMs <= GPU_ALLOWED.threadMs;
    const listed = Object.entries(calls).map(([call, count]) => `${count.toFixed(1)} ${call}`);
    console.log(
      `  WebGPU step: ${digits(threadMs)} ms of its thread, at most ${GPU_ALLOWED.threadMs}; ${listed.join(', ')}, ` +
        `at most ${GPU_ALLOWED.dispatches} dispatches: ${kept ? 'kept' : 'missed'}`,
    );
  }
}

/** Plain loops are taken to be as much slower here as jax-js is. */
function timesLoops(id: Workload['id'], medians: Summary['medians']): number | null {
  const step = medians['Matchbook TypeScript']?.train;
  const jax = Object.keys(medians).filter((name) => name.startsWith('jax-js wasm'));
  if (step === undefined || jax.length === 0) return null;
  const best = Math.min(...jax.map((name) => medians[name].train));
  return step / ((loops[id].own * best) / loops[id].jax);
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
