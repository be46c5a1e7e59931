/** PyTorch eager beside the browser's contenders, where a Python with torch is at hand. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findPython } from '../../e2e/support/python';
import { batchesOf, LEARNING_RATE, SEED, type Workload } from './workload';

export interface EagerTimes {
  readonly losses: readonly number[];
  /** Milliseconds a step, one number a round. */
  readonly train: readonly number[];
  readonly forward: readonly number[];
}

/** `null` where there is no PyTorch. */
export function runEager(workloads: readonly Workload[], rounds: number): Record<string, EagerTimes> | null {
  const python = findPython();
  if (!python) return null;
  const request = {
    seed: SEED,
    lr: LEARNING_RATE,
    rounds,
    workloads: workloads.map((workload) => ({
      ...workload,
      batches: batchesOf(workload).map(({ x, labels }) => ({ x: [...x], labels })),
    })),
  };
  const script = fileURLToPath(new URL('eager.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync(python, [script], {
    input: JSON.stringify(request),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`PyTorch failed:\n${stderr}`);
  return JSON.parse(stdout);
}
