/** The bench's numbers for a person: medians side by side, and ratios against what Matchbook promises. */
import { median } from '../median';
import { loops } from './contenders/loops';
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
/** Times the plain loops that the TypeScript level may take. */
const LOOPS_ALLOWED = 2.5;
/**
 * Of one step of R1 on WebGPU. Its thread may take 0.6 ms on a machine where R1's plain loops take 0.12 ms: another machine
 * has as much more or less as its loops take.
 */
const GPU_ALLOWED = { dispatches: 170, loops: 0.6 / 0.12 } as const;

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
    const peers = [...cpu.times.keys()].filter(
      (name) => !name.startsWith('Matchbook') && name !== loops.name,
    );
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
  const inLoops = (ms: number): number => ms / (summary.medians[loops.name]?.train ?? Number.NaN);
  const typeScript = inLoops(summary.medians['Matchbook TypeScript']?.train ?? Number.NaN);
  if (!Number.isNaN(typeScript)) {
    const kept = typeScript <= LOOPS_ALLOWED ? 'kept' : 'missed';
    console.log(
      `  TypeScript takes ${digits(typeScript)} times plain loops, at most ${LOOPS_ALLOWED}: ${kept}`,
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
    const listed = Object.entries(calls).map(([call, count]) => `${count.toFixed(1)} ${call}`);
    console.log(
      `  WebGPU step: ${digits(threadMs)} ms of its thread, ${digits(inLoops(threadMs))} times plain loops; ` +
        listed.join(', '),
    );
    if (id === 'R1') {
      const { dispatches, loops: allowed } = GPU_ALLOWED;
      const kept = calls.dispatchWorkgroups <= dispatches && inLoops(threadMs) <= allowed;
      console.log(
        `  of which at most ${digits(allowed)} times plain loops and ${dispatches} dispatches: ${kept ? 'kept' : 'missed'}`,
      );
    }
  }
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
