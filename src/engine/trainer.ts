/** The training loop's body, `zero_grad, forward, loss, backward, step`, for many mini-batches in one go. */
import { PythonError } from '../torch/errors';
import type { Loss } from '../torch/nn/loss';
import type { Module } from '../torch/nn/module';
import { numberOption, type Optimizer } from '../torch/optim/optimizer';
import type { Generator } from '../torch/random/generator';
import { numelOf, type Tensor } from '../torch/tensor';
import type { Backend, Results } from './backend';
import { feedsOf, finishForward, type Observation, observationOf, outputShape } from './forward';
import { GraphCache } from './graph/cache';
import { type EnteredForward, enterForward } from './graph/enter';
import type { StepGraph } from './graph/graph';
import { lossRuleOf } from './graph/losses';
import type { EncodedTarget } from './graph/losses/rule';
import { forwardKey, lossKey, lowerStep, type StepOptions, slotsOf } from './graph/lower';
import { tensorsByKey } from './graph/lowering';
import { names } from './graph/names';
import { optimizerRuleOf } from './graph/optimizers';
import type { Slot } from './graph/optimizers/rule';
import type { NdArray } from './tensors';
import { stateAccess } from './trainer-state';

export interface Batch {
  readonly input: NdArray;
  readonly target: Tensor;
}

export interface TrainerOptions {
  /** `false` leaves out `optimizer.zero_grad()`: gradients pile up. Default `true`. */
  readonly zeroGrad?: boolean;
  /** Batches whose gradients (of loss / accumulate) add up to one step. Default 1. */
  readonly accumulate?: number;
}

export interface StepsResult {
  /** Loss of each batch, undivided. */
  readonly losses: Float32Array;
  /** Of each batch, when asked for. Gradients are those the step used. */
  readonly observations: readonly Observation[];
}

/** A batch that has been entered and waits to be computed together with others that need the same graph. */
interface Pending {
  readonly batch: Batch;
  readonly entered: EnteredForward;
  readonly target: EncodedTarget;
}

interface Group {
  readonly key: string;
  readonly options: StepOptions;
  readonly steps: Pending[];
}

export class Trainer {
  private readonly backend: Backend;
  private readonly module: Module;
  private readonly criterion: Loss;
  private readonly optimizer: Optimizer;
  private readonly generator: Generator;
  private readonly zeroGrad: boolean;
  private readonly accumulate: number;
  private readonly graphs = new GraphCache<StepGraph>(16);
  /** `.grad` of each parameter, where gradients outlive a step. */
  private readonly grads = new Map<string, Float32Array>();
  private batchesSinceStep = 0;

  constructor(
    backend: Backend,
    module: Module,
    criterion: Loss,
    optimizer: Optimizer,
    generator: Generator,
    { zeroGrad = true, accumulate = 1 }: TrainerOptions = {},
  ) {
    this.backend = backend;
    this.module = module;
    this.criterion = criterion;
    this.optimizer = optimizer;
    this.generator = generator;
    this.zeroGrad = zeroGrad;
    this.accumulate = accumulate;
  }

  /**
   * Trains on each batch in turn, writing parameters, buffers and optimizer state back to their tensors. Masks are drawn
   * in the order of the batches. When a batch raises, the batches before it have been trained on.
   */
  async steps(batches: readonly Batch[], { observe = false } = {}): Promise<StepsResult> {
    const losses: number[] = [];
    const observations: Observation[] = [];
    let group: Group | null = null;
    const flush = async (): Promise<void> => {
      if (!group) return;
      const { collected, seen } = await this.compute(group);
      losses.push(...collected);
      observations.push(...seen);
      group = null;
    };
    for (const batch of batches) {
      const entered = enterForward(this.module, batch.input.shape, this.generator);
      const target = this.checked(entered, batch);
      if ('error' in target) {
        await flush();
        return this.raise(target.error, batch, entered);
      }
      const options = this.nextOptions(observe);
      const loss = { criterion: this.criterion, target: target.encoded };
      const key = `${forwardKey(this.module, entered)}\n${lossKey(loss)}\n${JSON.stringify(options)}`;
      const current = group as Group | null;
      // Gradients are cleared between groups and observations are of single steps, so only plain steps run together.
      if (current?.key !== key || observe || (options.keepGradients && this.zeroGrad)) await flush();
      group ??= { key, options, steps: [] };
      (group as Group).steps.push({ batch, entered, target: target.encoded });
    }
    await flush();
    return { losses: Float32Array.from(losses), observations };
  }

  private nextOptions(observe: boolean): StepOptions {
    this.batchesSinceStep++;
    const update = this.batchesSinceStep === this.accumulate;
    if (update) this.batchesSinceStep = 0;
    const keepGradients = !this.zeroGrad || this.accumulate > 1;
    return { observe, keepGradients, update, lossDivisor: this.accumulate };
  }

  /** The encoded target, or what this batch raises before anything is updated. */
  private checked(entered: EnteredForward, batch: Batch): { encoded: EncodedTarget } | { error: unknown } {
    if (entered.failure) return { error: entered.failure.error };
    try {
      const encoded = lossRuleOf(this.criterion).encode(this.criterion, outputShape(entered), batch.target);
      this.checkBackward(entered, batch.target);
      return { encoded };
    } catch (error) {
      return { error };
    }
  }

  private checkBackward(entered: EnteredForward, target: Tensor): void {
    if (numelOf(this.criterion.lossShape(outputShape(entered), target.shape)) !== 1) {
      throw new PythonError('RuntimeError', 'grad can be implicitly created only for scalar outputs');
    }
    for (const [, parameter] of this.module.namedParameters()) if (parameter.requiresGrad) return;
    throw new PythonError(
      'RuntimeError',
      'element 0 of tensors does not require grad and does not have a grad_fn',
    );
  }

  /** The forward before the error still happened: its running statistics move. */
  private async raise(error: unknown, batch: Batch, entered: EnteredForward): Promise<never> {
    await finishForward(this.backend, this.module, batch.input, { ...entered, failure: { error } }, false);
    throw error;
  }

  private async compute({
    key,
    options,
    steps,
  }: Group): Promise<{ collected: Float32Array; seen: Observation[] }> {
    const { entered, target } = steps[0];
    const optimizer = optimizerRuleOf(this.optimizer);
    const slots = slotsOf(this.module, this.optimizer);
    const variants = slots.map(
      (slot) => `${slot.key} ${slot.lead} ${slot.groupIndex} ${optimizer.variant(slot.group)}`,
    );
    const loss = { criterion: this.criterion, target };
    const step = this.graphs.get([key, ...variants].join('\n'), () =>
      lowerStep(this.module, entered, loss, this.optimizer, options),
    );
    const tensors = tensorsByKey(this.module);
    const state = stateAccess(step, tensors, this.optimizer, slots, this.grads);
    const rates = this.optimizer.paramGroups.map(
      (group, i) => [names.lr(i), Float32Array.of(numberOption(group, 'lr'))] as const,
    );
    const result = await this.backend.train(step, {
      state: new Map(step.state.map((link) => [link.input, state.get(link.input)!.read()])),
      shared: feedsOf(step.graph, tensors, new Map(rates)),
      perStep: this.perStepFeeds(step, steps, slots),
      steps: steps.length,
    });
    for (const slot of slots) {
      if (result.state.has(slot.key)) optimizer.count?.(slot, this.optimizer, steps.length);
    }
    for (const link of step.state) state.get(link.input)!.write(result.state.get(link.input)!);
    if (options.update && this.zeroGrad) this.grads.clear();
    const seen = options.observe ? [observationOf(entered, result.collected, [...tensors.keys()])] : [];
    return { collected: result.collected.get(names.loss)!, seen };
  }

  private perStepFeeds(step: StepGraph, steps: readonly Pending[], slots: readonly Slot[]): Results {
    const optimizer = optimizerRuleOf(this.optimizer);
    const each = steps.map(({ batch, entered, target }, taken) => {
      const leads = slots.filter(({ key, lead }) => key === lead);
      const scalars = leads.flatMap((slot) => optimizer.perStep(slot, this.optimizer, taken));
      return new Map([
        ...entered.feeds,
        [names.x, batch.input.values],
        [names.target, target.values],
        ...scalars.map(([name, value]) => [name, Float32Array.of(value)] as const),
      ]);
    });
    return new Map(step.perStep.map((name) => [name, joined(each.map((feeds) => feeds.get(name)!))]));
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0];
  const all = new Float32Array(parts.length * parts[0].length);
  for (const [i, part] of parts.entries()) all.set(part, i * part.length);
  return all;
}
