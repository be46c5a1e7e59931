/** The table of optimizers the engine computes. */
import type { Optimizer } from '../../../torch/optim/optimizer';
import { SGD } from '../../../torch/optim/sgd';
import type { OptimizerRule } from './rule';
import { sgd } from './sgd';

/** Throws for an optimizer the engine has no rule for. */
export function optimizerRuleOf(optimizer: Optimizer): OptimizerRule {
  if (optimizer instanceof SGD) return sgd;
  throw new Error(`the engine does not compute ${optimizer.className}`);
}
