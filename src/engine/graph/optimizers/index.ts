/** The table of optimizers the engine computes. */
import { NotBuilt } from '../../../torch/errors';
import { Adam } from '../../../torch/optim/adam';
import type { Optimizer } from '../../../torch/optim/optimizer';
import { SGD } from '../../../torch/optim/sgd';
import { adam } from './adam';
import type { OptimizerRule } from './rule';
import { sgd } from './sgd';

/** Throws for an optimizer the engine has no rule for. */
export function optimizerRuleOf(optimizer: Optimizer): OptimizerRule {
  if (optimizer instanceof SGD) return sgd;
  if (optimizer instanceof Adam) return adam;
  throw new NotBuilt(`the engine does not compute ${optimizer.className}`);
}
