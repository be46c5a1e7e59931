/** The closed table of optimizers this program knows, by the name they have in `torch.optim`. */
import { bind, type CallArguments, type ParameterSpec } from '../nn/signature';
import type { PyValue } from '../python/values';
import type { Parameter } from '../tensor';
import type { Warn } from '../warnings';
import { Adam } from './adam';
import { AdamW } from './adamw';
import type { Optimizer, ParamGroupSpec } from './optimizer';
import { paramGroups } from './params';
import { SGD } from './sgd';

/** An optimizer class as a value. */
export interface OptimizerClass {
  readonly kind: string;
  readonly defaults: ReadonlyMap<string, PyValue>;
  new (
    params: Iterable<Parameter | ParamGroupSpec>,
    options?: ReadonlyMap<string, PyValue>,
    warn?: Warn,
  ): Optimizer;
}

const classes: readonly OptimizerClass[] = [SGD, Adam, AdamW];

export const optimizerClasses: ReadonlyMap<string, OptimizerClass> = new Map(
  classes.map((cls) => [cls.kind, cls]),
);

/** Options that may be given by position; each class has five. */
const POSITIONAL = 5;

/** `torch.optim.Kind(*args, **kwargs)`. Raises what its arguments raise: options first, then parameters. */
export function createOptimizer(cls: OptimizerClass, call: CallArguments, warn?: Warn): Optimizer {
  const options = new Map(bind(cls.kind, signatureOf(cls), call));
  const params = options.get('params') ?? null;
  options.delete('params');
  const groups = {
    *[Symbol.iterator]() {
      yield* paramGroups(params);
    },
  };
  return new cls(groups, options, warn);
}

function signatureOf(cls: OptimizerClass): readonly ParameterSpec[] {
  // What makes AdamW of Adam is no argument.
  const options = [...cls.defaults].filter(([name]) => cls !== AdamW || name !== 'decoupled_weight_decay');
  const specs = options.map(([name, value], i): ParameterSpec => {
    const spec = { name, default: value };
    return i < POSITIONAL ? spec : { ...spec, keywordOnly: true };
  });
  return [{ name: 'params' }, ...specs];
}
