/** `torch.optim.Adam` and its state layout (torch/optim/adam.py; Kingma and Ba 2015). */
import { PythonError } from '../errors';
import { sequenceOf } from '../python/arguments';
import { atMost, lessThan, ONE, ZERO } from '../python/compare';
import { pyRepr } from '../python/repr';
import { cTypeName } from '../python/type-name';
import { PyFloat, PyTuple, type PyValue, toNumber } from '../python/values';
import { type Parameter, Tensor } from '../tensor';
import type { Warn } from '../warnings';
import {
  checkFused,
  checkTensorRate,
  groupsOf,
  numberOption,
  Optimizer,
  type ParamGroup,
  type ParamGroupSpec,
} from './optimizer';

/**
 * The state of a parameter is `step` (a float32 scalar), `exp_avg` and `exp_avg_sq`, with amsgrad `max_exp_avg_sq` as
 * well; it is made in its first step.
 */
export class Adam extends Optimizer {
  static readonly kind: string = 'Adam';
  override readonly className: string = Adam.kind;

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
    params: Iterable<Parameter | ParamGroupSpec>,
    options: ReadonlyMap<string, PyValue> = new Map(),
    warn?: Warn,
  ) {
    const given = new Map([...Adam.defaults, ...options]);
    check(given);
    // A list of betas becomes a tuple, and is saved as one.
    const settings = new Map([
      ...given,
      ['betas', new PyTuple(itemsOf(given.get('betas') ?? null))] as const,
    ]);
    super(groupsOf(params), settings, warn);
    checkFused(settings);
  }

  /** A decoupled decay comes first, by itself. */
  override writesOf(group: ParamGroup): number {
    const decays =
      Boolean(group.options.get('decoupled_weight_decay')) && numberOption(group, 'weight_decay') !== 0;
    return decays ? 2 : 1;
  }

  override readonly olderDefaults = new Map<string, PyValue>([
    ['amsgrad', false],
    ['maximize', false],
    ['foreach', null],
    ['capturable', false],
    ['differentiable', false],
    ['decoupled_weight_decay', false],
    ['fused', null],
  ]);

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
  checkTensorRate(option('lr'));
  checkAtLeastZero(option('lr'), 'learning rate');
  checkAtLeastZero(option('eps'), 'epsilon value');
  const betas = [0, 1].map((i) => {
    const beta = subscript(option('betas'), i);
    if (atMost(ZERO, beta) && lessThan(beta, ONE)) return beta;
    throw new PythonError('ValueError', `Invalid beta parameter at index ${i}: ${pyRepr(beta)}`);
  });
  checkAtLeastZero(option('weight_decay'), 'weight_decay value');
  if (!betas.every((beta) => beta instanceof PyFloat)) {
    throw new PythonError('ValueError', 'betas must be either both floats or both Tensors');
  }
}

/** `betas[i]` */
function subscript(betas: PyValue, i: number): PyValue {
  const items = typeof betas === 'string' ? [...betas] : sequenceOf(betas);
  if (!items) throw new PythonError('TypeError', `'${cTypeName(betas)}' object is not subscriptable`);
  if (i < items.length) return items[i];
  throw new PythonError('IndexError', `${cTypeName(betas)} index out of range`);
}

/** Unlike SGD's checks, these refuse nan as well. */
function checkAtLeastZero(value: PyValue, called: string): void {
  if (!atMost(ZERO, value)) throw new PythonError('ValueError', `Invalid ${called}: ${pyRepr(value)}`);
}
