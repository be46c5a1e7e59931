/** The closed table of optimizers this program knows, by the name they have in `torch.optim`. */
import type { PyValue } from '../python/values';
import type { Parameter } from '../tensor';
import { Adam } from './adam';
import { AdamW } from './adamw';
import type { Optimizer, ParamGroupSpec } from './optimizer';
import { SGD } from './sgd';

/** An optimizer class as a value. */
export type OptimizerClass = new (
  params: Iterable<Parameter> | readonly ParamGroupSpec[],
  options?: ReadonlyMap<string, PyValue>,
) => Optimizer;

export const optimizerClasses: ReadonlyMap<string, OptimizerClass> = new Map<string, OptimizerClass>([
  ['SGD', SGD],
  ['Adam', Adam],
  ['AdamW', AdamW],
]);
