/**
 * Training on WebGPU, in the fastest of three ways that has shown itself right on this machine:
 *
 * - captured: onnxruntime records the commands of a run and replays them, which spares the CPU of issuing each anew;
 * - resident: plain runs on values that stay on the device;
 * - fed: plain runs with every value through the CPU.
 *
 * Residence is tried on the first step there is (the level's self-test), capture on each step that comes a second time,
 * each beside the way below it: replay has given wrong results on other models (microsoft/onnxruntime#29594). They run
 * the same shaders on the same values, so that anything but the same bits is a fault.
 */
import type * as Ort from 'onnxruntime-web/wasm';
import type { Backend, Results, TrainFeeds, TrainResult } from '../backend';
import type { StepGraph } from '../graph/graph';
import { flatModel } from '../onnx';
import { trainFed } from './fed-training';
import { RecentlyUsed } from './recently-used';
import { ResidentStep } from './resident-step';

/** The first run records, the second replays, the third replays on what the second left. */
const CHECKED_STEPS = 3;

export interface GpuRuntime {
  readonly ort: Pick<typeof Ort, 'Tensor'>;
  /** The device onnxruntime runs on; there is one once a session exists. */
  device(): Promise<GPUDevice>;
  createSession(
    model: Uint8Array,
    options: Ort.InferenceSession.SessionOptions,
  ): Promise<Ort.InferenceSession>;
  readonly run: Backend['run'];
}

interface Compiled {
  readonly resident: ResidentStep;
  readonly plain: Ort.InferenceSession;
  /** `null` until it was tried, and where it failed. */
  captured: Ort.InferenceSession | null;
  capturable: boolean;
}

export class GpuTraining {
  private readonly runtime: GpuRuntime;
  private readonly steps: RecentlyUsed<StepGraph, Compiled>;
  private residence: 'untried' | 'right' | 'wrong' = 'untried';
  private captures = true;

  /** Keeps the `capacity` steps used last. */
  constructor(runtime: GpuRuntime, capacity: number) {
    this.runtime = runtime;
    this.steps = new RecentlyUsed(capacity);
  }

  /** One call at a time. */
  async train(step: StepGraph, feeds: TrainFeeds): Promise<TrainResult> {
    if (this.residence === 'untried') await this.tryResidence(step, feeds);
    if (this.residence === 'wrong') return trainFed(this.runtime.run, step, feeds);
    const known = this.steps.get(step);
    const compiled = known ?? (await this.compile(step));
    // A step that is seen once may be one that a page looks at; recording it would be for nothing.
    if (known && feeds.steps >= CHECKED_STEPS) await this.tryCapture(step, compiled, feeds);
    return compiled.resident.train(compiled.captured ?? compiled.plain, feeds);
  }

  async release(step: StepGraph): Promise<void> {
    await releaseAll(this.steps.take(step));
  }

  async dispose(): Promise<void> {
    for (const compiled of this.steps.takeAll()) await releaseAll(compiled);
  }

  private async tryResidence(step: StepGraph, feeds: TrainFeeds): Promise<void> {
    const { run } = this.runtime;
    const few = firstSteps(feeds, CHECKED_STEPS);
    const fed = await trainFed(run, step, few);
    const right = await this.compile(step)
      .then(({ resident, plain }) => resident.train(plain, few))
      .then((got) => sameBits(got, fed))
      .catch(() => false);
    this.residence = right ? 'right' : 'wrong';
  }

  private async tryCapture(step: StepGraph, compiled: Compiled, feeds: TrainFeeds): Promise<void> {
    if (!this.captures || !compiled.capturable) return;
    compiled.capturable = false;
    const { createSession } = this.runtime;
    const { resident, plain } = compiled;
    // Refused where the graph has an operator that runs on the CPU.
    const session = await createSession(flatModel(step.graph, 'webgpu'), {
      preferredOutputLocation: 'gpu-buffer',
      enableGraphCapture: true,
    }).catch(() => null);
    if (!session) return;
    const few = firstSteps(feeds, CHECKED_STEPS);
    const want = await resident.train(plain, few);
    const right = await resident
      .train(session, few)
      .then((got) => sameBits(got, want))
      .catch(() => false);
    if (right) compiled.captured = session;
    else {
      this.captures = false;
      await session.release();
    }
  }

  private async compile(step: StepGraph): Promise<Compiled> {
    const { ort, createSession, device } = this.runtime;
    const plain = await createSession(flatModel(step.graph, 'webgpu'), {
      preferredOutputLocation: 'gpu-buffer',
    });
    const resident = new ResidentStep(ort, await device(), step);
    const compiled: Compiled = { resident, plain, captured: null, capturable: true };
    for (const surplus of this.steps.set(step, compiled)) await releaseAll(surplus);
    return compiled;
  }
}

async function releaseAll(compiled: Compiled | undefined): Promise<void> {
  await compiled?.captured?.release();
  await compiled?.plain.release();
  compiled?.resident.destroy();
}

function firstSteps(feeds: TrainFeeds, most: number): TrainFeeds {
  const steps = Math.min(most, feeds.steps);
  const perStep = [...feeds.perStep].map(
    ([name, values]) => [name, values.subarray(0, (values.length / feeds.steps) * steps)] as const,
  );
  return { ...feeds, perStep: new Map(perStep), steps };
}

function sameBits(got: TrainResult, want: TrainResult): boolean {
  return same(got.state, want.state) && same(got.collected, want.collected);
}

function same(got: Results, want: Results): boolean {
  return [...want].every(([name, values]) => {
    const other = got.get(name);
    return other?.length === values.length && values.every((value, i) => Object.is(value, other[i]));
  });
}
