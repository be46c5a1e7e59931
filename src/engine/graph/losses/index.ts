/** The table of losses the engine computes. */
import { NotBuilt } from '../../../torch/errors';
import { BCEWithLogitsLoss } from '../../../torch/nn/bce-with-logits-loss';
import { CrossEntropyLoss } from '../../../torch/nn/cross-entropy-loss';
import type { Loss } from '../../../torch/nn/loss';
import { MSELoss } from '../../../torch/nn/mse-loss';
import { bceWithLogits } from './bce-with-logits';
import { crossEntropy } from './cross-entropy';
import { mse } from './mse';
import type { LossRule } from './rule';

type Row = readonly [new () => Loss, LossRule];

/** Ties a rule to the class whose instances it is given. */
function row<L extends Loss>(cls: new () => L, rule: LossRule<L>): Row {
  return [cls, rule as unknown as LossRule];
}

const rules: readonly Row[] = [
  row(CrossEntropyLoss, crossEntropy),
  row(MSELoss, mse),
  row(BCEWithLogitsLoss, bceWithLogits),
];

/** Throws for a loss the engine has no rule for. */
export function lossRuleOf(loss: Loss): LossRule {
  const found = rules.find(([cls]) => loss instanceof cls);
  if (!found) throw new NotBuilt(`the engine does not compute ${loss.className}`);
  return found[1];
}
