/** `torch.optim.Adam` and its state layout (torch/optim/adam.py; Kingma and Ba 2015). */
import { PythonError } from '../errors';
import { pyRepr } from '../python/repr';
import { PyFloat, PyTuple, type PyValue, toNumber } from '../python/values';
import { type Parameter, Tensor } from '../tensor';
import { groupsOf, Optimizer, type ParamGroup, type ParamGroupSpec } from './optimizer';

/**
 * The state of a parameter is `step` (a float32 scalar), `exp_avg` and `exp_avg_sq`, with amsgrad `max_exp_avg_sq` as
 * well; it is made in its first step.
 */
export class Adam extends Optimizer {
  override readonly className: string = 'Adam';

  static readonly defaults: ReadonlyMap<string, PyValue> = new Map<string, PyValue>([
    ['lr', new PyFloat(0.001)],
    ['betas', new PyTuple([new PyFloat(0.9), new PyFloat(0.999)])],
    ['eps', new PyFloat(1e-8)],
    ['weight_decay', 0],
    ['amsgrad', false],
    ['maximize', false],
    ['foreach', null],
    ['capturable', false],
    ['differentiable', false],
    ['fused', null],
    ['decoupled_weight_decay', false],
  ]);

  /** `Adam(params, **options)`; `params` are parameters or groups. Raises ValueError for options out of range. */
  constructor(
    params: Iterable<Parameter> | readonly ParamGroupSpec[],
    options: ReadonlyMap<string, PyValue> = new Map(),
  ) {
    const given = new Map([...Adam.defaults, ...options]);
    check(given);
    // A list of betas becomes a tuple, and is saved as one.
    const settings = new Map([
      ...given,
      ['betas', new PyTuple(itemsOf(given.get('betas') ?? null))] as const,
    ]);
    super(groupsOf(params), settings);
  }

  /** The state of a parameter in this group, made as PyTorch makes it when it is not there yet. */
  initialized(parameter: Parameter, group: ParamGroup): ReadonlyMap<string, Tensor> {
    const known = this.state.get(parameter);
    if (known) return known;
    const own = new Map([['step', Tensor.float32([0], [])]]);
    this.state.set(parameter, own);
    for (const name of ['exp_avg', 'exp_avg_sq']) this.stateTensor(parameter, name);
    if (group.options.get('amsgrad')) this.stateTensor(parameter, 'max_exp_avg_sq');
    return own;
  }
}

/** beta1 and beta2 of a group. */
export function betasOf(group: ParamGroup): readonly [number, number] {
  const [first, second] = itemsOf(group.options.get('betas') ?? null);
  return [toNumber(first), toNumber(second)];
}

function itemsOf(betas: PyValue): readonly PyValue[] {
  return betas instanceof PyTuple ? betas.items : Array.isArray(betas) ? betas : [];
}

function check(options: ReadonlyMap<string, PyValue>): void {
  const option = (name: string): PyValue => options.get(name) ?? null;
  checkAtLeastZero(option('lr'), 'learning rate');
  checkAtLeastZero(option('eps'), 'epsilon value');
  const betas = itemsOf(option('betas'));
  for (const [i, beta] of betas.slice(0, 2).entries()) {
    if (toNumber(beta) >= 0 && toNumber(beta) < 1) continue;
    throw new PythonError('ValueError', `Invalid beta parameter at index ${i}: ${pyRepr(beta)}`);
  }
  checkAtLeastZero(option('weight_decay'), 'weight_decay value');
  if (!betas.slice(0, 2).every((beta) => beta instanceof PyFloat)) {
    throw new PythonError('ValueError', 'betas must be either both floats or both Tensors');
  }
}

/** Unlike SGD's checks, these refuse nan as well. */
function checkAtLeastZero(value: PyValue, called: string): void {
  if (!(toNumber(value) >= 0)) throw new PythonError('ValueError', `Invalid ${called}: ${pyRepr(value)}`);
}
