/** The table of losses the engine computes. */
import { CrossEntropyLoss } from '../../../torch/nn/loss';
import type { Module } from '../../../torch/nn/module';
import { crossEntropy } from './cross-entropy';
import type { LossRule } from './rule';

const rules: readonly (readonly [new () => Module, LossRule<Module>])[] = [
  [CrossEntropyLoss, crossEntropy as unknown as LossRule<Module>],
];

/** Throws for a loss the engine has no rule for. */
export function lossRuleOf(loss: Module): LossRule<Module> {
  const found = rules.find(([cls]) => loss instanceof cls);
  if (!found) throw new Error(`the engine does not compute ${loss.className}`);
  return found[1];
}
