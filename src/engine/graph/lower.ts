/**
 * Lowers a network to graphs: of its module tree as it stands (mode, frozen parameters), never of a description of it.
 * Three graphs come out of one walk: what a page looks at (every activation, statistic and, with a loss, gradient), the
 * output alone, and a whole training step.
 */
import type { Loss } from '../../torch/nn/loss';
import type { Module } from '../../torch/nn/module';
import type { Optimizer } from '../../torch/optim/optimizer';
import { Parameter, type Shape, type Tensor } from '../../torch/tensor';
import type { LayerCall } from './calls';
import type { EnteredForward } from './enter';
import { gradients } from './gradients';
import type { Graph, StateLink, StepGraph, ValueId } from './graph';
import { ruleOf } from './layers';
import { lossRuleOf } from './losses';
import type { EncodedTarget } from './losses/rule';
import { Lowering, tensorsByKey } from './lowering';
import { names } from './names';
import { optimizerRuleOf } from './optimizers';
import type { Slot } from './optimizers/rule';

/** A criterion and what decides its nodes of the target it is called with. */
export interface LossCall {
  readonly criterion: Loss;
  readonly target: Pick<EncodedTarget, 'shape' | 'empty'>;
}

export interface ForwardOptions {
  /** Every activation and batch statistic as an output, not the network's output alone. */
  readonly observe: boolean;
  /** Adds the loss of the output, against the input `target`, and its gradients by all that requires them. */
  readonly loss?: LossCall;
  /** Gradients start from the input `upstream`, in the shape of the loss or the output, and are of the batch as well. */
  readonly upstream?: boolean;
}

/** Outputs: `output`, new values of moved buffers, and what the options add. Names are in `names`. */
export function lowerForward(root: Module, entered: EnteredForward, options: ForwardOptions): Graph {
  const lowering = new Lowering(root);
  const { builder, outputs } = lowering;
  const output = lowerCalls(entered, lowering, options.observe);
  for (const [key, value] of lowering.moved) outputs.set(names.next(key), value);
  const differentiated = options.loss ? lowerLoss(options.loss, output, lowering) : output;
  if (!options.loss && !options.upstream) return builder.finish(outputs);
  const wrt = trainable(root, lowering);
  if (options.upstream) wrt.set(names.x, builder.input(names.x, entered.input));
  const seed = options.upstream
    ? builder.input(names.upstream, builder.shapeOf(differentiated))
    : builder.scalar(1);
  const grads = gradients(builder, differentiated, seed, [...wrt.values()]);
  for (const [i, key] of [...wrt.keys()].entries()) {
    if (grads[i] !== null) outputs.set(names.gradient(key), grads[i]);
  }
  return builder.finish(outputs);
}

export interface StepOptions {
  /** Activations, output, statistics and gradients of each step are collected beside the loss. */
  readonly observe: boolean;
  /** Gradients are state: they add up over steps (no `zero_grad`, or several backwards for one step). */
  readonly keepGradients: boolean;
  /** Whether this step ends with `optimizer.step()`. */
  readonly update: boolean;
  /** The loss is divided by this before its backward (gradient accumulation). */
  readonly lossDivisor: number;
}

/** Forward, loss, backward, update and running statistics as one graph. */
export function lowerStep(
  root: Module,
  entered: EnteredForward,
  loss: LossCall,
  optimizer: Optimizer,
  options: StepOptions,
): StepGraph {
  const lowering = new Lowering(root);
  const { builder, outputs } = lowering;
  const output = lowerCalls(entered, lowering, options.observe);
  if (!options.observe) outputs.clear();
  const lossValue = lowerLoss(loss, output, lowering);
  const wrt = trainable(root, lowering);
  const state: StateLink[] = [];
  const carry = (input: string, value: ValueId): void => {
    outputs.set(names.next(input), value);
    state.push({ input, output: names.next(input), shape: builder.shapeOf(value) });
  };

  const grads = gradients(builder, lossValue, builder.scalar(1 / options.lossDivisor), [...wrt.values()]);
  const slots = new Map(slotsOf(root, optimizer).map((slot) => [slot.key, slot]));
  const rule = optimizerRuleOf(optimizer);
  for (const [i, key] of [...wrt.keys()].entries()) {
    const fresh = grads[i];
    if (fresh === null) continue;
    const kept = options.keepGradients ? builder.input(names.grad(key), builder.shapeOf(fresh)) : null;
    const grad = kept === null ? fresh : builder.add(kept, fresh);
    if (kept !== null) carry(names.grad(key), grad);
    if (options.observe) outputs.set(names.gradient(key), grad);
    const slot = slots.get(key);
    if (!options.update || !slot) continue;
    const update = rule.lower(slot, grad, builder);
    carry(key, update.value);
    for (const [name, value] of update.state) carry(names.optimizerState(name, key), value);
  }
  for (const [key, value] of lowering.moved) carry(key, value);

  const carried = new Set(state.map((link) => link.output));
  const collected = [...outputs.keys()].filter((name) => !carried.has(name));
  const graph = builder.finish(outputs);
  return {
    graph,
    state,
    ...splitInputs(graph, state),
    collected: [names.loss, ...without(collected, names.loss)],
  };
}

/** Parameters of an optimizer that belong to this network, with their names in the graph. */
export function slotsOf(root: Module, optimizer: Optimizer): Slot[] {
  const keys = new Map([...tensorsByKey(root)].map(([key, tensor]) => [tensor, key]));
  const rule = optimizerRuleOf(optimizer);
  return optimizer.paramGroups.flatMap((group, groupIndex) => {
    const leads = new Map<string, string>();
    return group.params.flatMap((parameter) => {
      const key = keys.get(parameter);
      if (key === undefined) return [];
      const progress = rule.progress(parameter, optimizer);
      const lead = leads.get(progress) ?? key;
      leads.set(progress, lead);
      return [{ parameter, key, group, groupIndex, lead }];
    });
  });
}

function lowerCalls(entered: EnteredForward, lowering: Lowering, observe: boolean): ValueId {
  const { builder, outputs } = lowering;
  let value = builder.input(names.x, entered.input);
  for (const call of entered.calls) {
    value = lowerCall(call, value, entered.shapes.get(call.path)!, lowering);
    if (observe) outputs.set(names.activation(call.path), value);
  }
  if (!observe) outputs.clear();
  outputs.set(names.output, value);
  return value;
}

function lowerCall(call: LayerCall, x: ValueId, output: Shape, lowering: Lowering): ValueId {
  if ('module' in call) return ruleOf(call.module).lower(call.module, call.path, x, lowering);
  return call.apply === 'F.relu' ? lowering.builder.relu(x) : lowering.builder.reshape(x, output);
}

function lowerLoss(
  { criterion, target }: LossCall,
  output: ValueId,
  { builder, outputs }: Lowering,
): ValueId {
  const wanted = builder.input(names.target, target.shape);
  const computed = lossRuleOf(criterion).lower(criterion, output, wanted, builder);
  const value = target.empty ? builder.add(computed, builder.scalar(Number.NaN)) : computed;
  outputs.set(names.loss, value);
  return value;
}

/** Parameters that gradients are wanted of, by key. */
function trainable(root: Module, lowering: Lowering): Map<string, ValueId> {
  const found = new Map<string, ValueId>();
  for (const [key, parameter] of root.namedParameters()) {
    if (parameter.requiresGrad) found.set(key, lowering.read(parameter));
  }
  return found;
}

/** Inputs that are neither state nor parameters, buffers and learning rates have a value for each step. */
function splitInputs(graph: Graph, state: readonly StateLink[]): Pick<StepGraph, 'perStep' | 'shared'> {
  const carried = new Set(state.map((link) => link.input));
  const free = [...graph.inputs.keys()].filter((name) => !carried.has(name));
  const prefixes = [names.noise(''), names.factor(''), names.optimizerScalar('', '')];
  const changes = (name: string): boolean =>
    name === names.x || name === names.target || prefixes.some((prefix) => name.startsWith(prefix));
  return { perStep: free.filter(changes), shared: free.filter((name) => !changes(name)) };
}

function without(list: readonly string[], name: string): string[] {
  return list.filter((item) => item !== name);
}

/** Text that is the same for two forwards exactly when they lower to the same graph. */
export function forwardKey(root: Module, entered: EnteredForward): string {
  const calls = entered.calls.map((call) => {
    const variant =
      'module' in call ? `${call.module.className} ${ruleOf(call.module).variant(call.module)}` : call.apply;
    return `${call.path} ${variant} [${entered.shapes.get(call.path)}]`;
  });
  const tensors = [...tensorsByKey(root)].map(
    ([key, tensor]) => `${key} [${tensor.shape}] ${isFrozen(tensor)}`,
  );
  return [`[${entered.input}]`, ...calls, ...tensors, tiesOf(root)].join('\n');
}

/** Text that is the same for two calls of a loss exactly when they lower to the same nodes. */
export function lossKey({ criterion, target }: LossCall): string {
  return `${criterion.className} ${lossRuleOf(criterion).variant(criterion)} [${target.shape}] ${target.empty}`;
}

function isFrozen(tensor: Tensor): boolean {
  return tensor instanceof Parameter && !tensor.requiresGrad;
}

/** Which names stand for one parameter. */
function tiesOf(root: Module): string {
  const first = new Map<Tensor, string>();
  const ties: string[] = [];
  for (const [prefix, module] of root.namedModules()) {
    for (const [name, parameter] of module.parameters) {
      if (!parameter) continue;
      const known = first.get(parameter);
      if (known === undefined) first.set(parameter, `${prefix}.${name}`);
      else ties.push(`${known}=${prefix}.${name}`);
    }
  }
  return ties.join();
}
