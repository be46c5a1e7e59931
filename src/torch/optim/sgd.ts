/** `torch.optim.SGD` (torch/optim/sgd.py): its options, what it refuses, its state layout. */
import { PythonError } from '../errors';
import { pyRepr } from '../python/repr';
import { PyFloat, type PyValue, toNumber } from '../python/values';
import type { Parameter } from '../tensor';
import { Optimizer, type ParamGroupSpec } from './optimizer';

/**
 * Stochastic gradient descent with momentum. The state of a parameter is its `momentum_buffer`, once it has taken a
 * step with momentum.
 */
export class SGD extends Optimizer {
  override readonly className = 'SGD';

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
    params: Iterable<Parameter> | readonly ParamGroupSpec[],
    options: ReadonlyMap<string, PyValue> = new Map(),
  ) {
    const settings = new Map([...SGD.defaults, ...options]);
    check(settings);
    super(groupsOf(params), settings);
  }
}

function groupsOf(params: Iterable<Parameter> | readonly ParamGroupSpec[]): readonly ParamGroupSpec[] {
  const items = [...params];
  const isGroup = (item: Parameter | ParamGroupSpec): item is ParamGroupSpec => 'params' in item;
  const groups = items.filter(isGroup);
  if (groups.length > 0) return groups;
  return [{ params: items.filter((item): item is Parameter => !isGroup(item)) }];
}

function check(options: ReadonlyMap<string, PyValue>): void {
  const option = (name: string): PyValue => options.get(name) ?? null;
  for (const [name, called] of [
    ['lr', 'learning rate'],
    ['momentum', 'momentum value'],
    ['weight_decay', 'weight_decay value'],
  ]) {
    if (toNumber(option(name)) < 0)
      throw new PythonError('ValueError', `Invalid ${called}: ${pyRepr(option(name))}`);
  }
  if (option('nesterov') && (toNumber(option('momentum')) <= 0 || toNumber(option('dampening')) !== 0)) {
    throw new PythonError('ValueError', 'Nesterov momentum requires a momentum and zero dampening');
  }
}
