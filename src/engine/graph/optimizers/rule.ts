/** What the engine knows of an optimizer class. */
import type { Optimizer, ParamGroup } from '../../../torch/optim/optimizer';
import type { Parameter } from '../../../torch/tensor';
import type { GraphBuilder } from '../builder';
import type { ValueId } from '../graph';

/** A parameter in its group, with the name it has in the graph. */
export interface Slot {
  readonly parameter: Parameter;
  readonly key: string;
  readonly group: ParamGroup;
  /** Index of the group: its learning rate is an input of its own. */
  readonly groupIndex: number;
  /** Key of the first parameter of the group that is as far as this one: they share the scalars of a step. */
  readonly lead: string;
}

export interface Update {
  readonly value: ValueId;
  /** New value of each state tensor by its name in PyTorch's state: `momentum_buffer`. */
  readonly state: ReadonlyMap<string, ValueId>;
}

export interface OptimizerRule {
  /** Names of the state tensors a parameter may have, float32 in its shape. */
  readonly stateNames: readonly string[];
  /** One step of one parameter. State is read from inputs named `names.optimizerState(name, key)`. */
  lower(slot: Slot, gradient: ValueId, builder: GraphBuilder): Update;
  /** Everything that decides which nodes `lower` makes; the learning rate does not. */
  variant(group: ParamGroup): string;
  /** Text that is the same for two parameters of a group exactly when `perStep` is. */
  progress(parameter: Parameter, optimizer: Optimizer): string;
  /** Scalars for the step numbered `taken` (0 first) of this call that the updates led by `slot` ask for, by input name. */
  perStep(slot: Slot, optimizer: Optimizer, taken: number): readonly (readonly [string, number])[];
  /** What `steps` steps leave in a parameter's state besides what the graph computes. */
  count?(slot: Slot, optimizer: Optimizer, steps: number): void;
}
