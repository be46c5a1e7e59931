/** `torch.optim.SGD` (torch/optim/sgd.py): its options, what it refuses, its state layout. */
import { PythonError } from '../errors';
import { PyFloat, type PyValue, toNumber } from '../python/values';
import type { Parameter } from '../tensor';
import type { Warn } from '../warnings';
import {
  checkFused,
  checkRange,
  checkTensorRate,
  groupsOf,
  Optimizer,
  type ParamGroupSpec,
} from './optimizer';

/**
 * Stochastic gradient descent with momentum. The state of a parameter is its `momentum_buffer`, once it has taken a
 * step with momentum.
 */
export class SGD extends Optimizer {
  static readonly kind = 'SGD';
  override readonly className = SGD.kind;

  static readonly defaults: ReadonlyMap<string, PyValue> = new Map<string, PyValue>([
    ['lr', new PyFloat(0.001)],
    ['momentum', 0],
    ['dampening', 0],
    ['weight_decay', 0],
    ['nesterov', false],
    ['maximize', false],
    ['foreach', null],
    ['differentiable', false],
    ['fused', null],
  ]);

  /** `SGD(params, **options)`; `params` are parameters or groups. Raises ValueError for options out of range. */
  constructor(
    params: Iterable<Parameter | ParamGroupSpec>,
    options: ReadonlyMap<string, PyValue> = new Map(),
    warn?: Warn,
  ) {
    const settings = new Map([...SGD.defaults, ...options]);
    check(settings);
    super(groupsOf(params), settings, warn);
    checkFused(settings);
  }

  override readonly olderDefaults = new Map<string, PyValue>([
    ['nesterov', false],
    ['maximize', false],
    ['foreach', null],
    ['differentiable', false],
    ['fused', false],
  ]);
}

function check(options: ReadonlyMap<string, PyValue>): void {
  const option = (name: string): PyValue => options.get(name) ?? null;
  checkTensorRate(option('lr'));
  checkRange(option('lr'), 'learning rate');
  checkRange(option('momentum'), 'momentum value');
  checkRange(option('weight_decay'), 'weight_decay value');
  if (option('nesterov') && (toNumber(option('momentum')) <= 0 || toNumber(option('dampening')) !== 0)) {
    throw new PythonError('ValueError', 'Nesterov momentum requires a momentum and zero dampening');
  }
}
