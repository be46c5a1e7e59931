/** `torch.optim.Optimizer` (torch/optim/optimizer.py): parameter groups with options, and state beside each parameter. */
import { NotBuilt, PythonError } from '../errors';
import { lessThan, ZERO } from '../python/compare';
import { pyRepr } from '../python/repr';
import { PyDict, type PyValue, toNumber } from '../python/values';
import { type Parameter, Tensor } from '../tensor';
import { silent, userWarning, type Warn } from '../warnings';
import { emptyList } from './params';

export interface ParamGroup {
  readonly params: readonly Parameter[];
  /** In the order PyTorch records them. */
  readonly options: Map<string, PyValue>;
}

/** Parameters with the options that differ from the optimizer's. */
export interface ParamGroupSpec {
  readonly params: Iterable<Parameter>;
  readonly options?: ReadonlyMap<string, PyValue>;
}

export abstract class Optimizer {
  readonly defaults: ReadonlyMap<string, PyValue>;
  /** By parameter: `momentum_buffer`, `exp_avg`. A parameter is absent until its first step. */
  readonly state = new Map<Parameter, Map<string, Tensor>>();
  abstract readonly className: string;
  /** Options that `__setstate__` adds to a group saved before they were there. */
  abstract readonly olderDefaults: ReadonlyMap<string, PyValue>;
  private readonly groups: ParamGroup[] = [];
  private readonly warn: Warn;

  /** Raises ValueError for a parameter that stands in two groups; warns of one that stands in a group twice. */
  protected constructor(
    groups: readonly ParamGroupSpec[],
    defaults: ReadonlyMap<string, PyValue>,
    warn: Warn = silent,
  ) {
    this.defaults = defaults;
    this.warn = warn;
    for (const group of groups) this.addParamGroup(group);
  }

  /** How many times a step writes to a parameter of this group. */
  writesOf(_group: ParamGroup): number {
    return 1;
  }

  /** `add_param_group` */
  addParamGroup({ params, options }: ParamGroupSpec): void {
    const own = [...params];
    if (new Set(own).size !== own.length) this.warn(userWarning(DUPLICATES));
    const others = new Set(this.parameters);
    if (own.some((parameter) => others.has(parameter)))
      throw new PythonError('ValueError', 'some parameters appear in more than one parameter group');
    this.groups.push({
      params: own,
      options: new Map([...this.defaults, ...(options ?? [])]),
    });
  }

  get paramGroups(): readonly ParamGroup[] {
    return this.groups;
  }

  /** Parameters of all groups: the order that numbers them in `state_dict`. */
  get parameters(): readonly Parameter[] {
    return this.paramGroups.flatMap(({ params }) => params);
  }

  /** `{'state': {0: {...}}, 'param_groups': [{..., 'params': [0, 1]}]}`, tensors shared with the optimizer. */
  stateDict(): PyDict {
    const state = new PyDict();
    for (const [i, parameter] of this.parameters.entries()) {
      const own = this.state.get(parameter);
      if (own) state.set(i, new PyDict(own));
    }
    let next = 0;
    const groups = this.paramGroups.map(({ params, options }) => {
      const group = new PyDict(options);
      return group.set(
        'params',
        params.map(() => next++),
      );
    });
    return new PyDict([
      ['state', state],
      ['param_groups', groups],
    ]);
  }

  /** The tensor of this parameter's state, made of zeros when it is not there yet. */
  stateTensor(parameter: Parameter, name: string): Tensor {
    const own = this.state.get(parameter) ?? new Map<string, Tensor>();
    this.state.set(parameter, own);
    const tensor = own.get(name) ?? Tensor.float32(new Float32Array(parameter.numel), parameter.shape);
    own.set(name, tensor);
    return tensor;
  }
}

/** Names every optimizer has besides those this program reads. */
const otherNames = new Set(
  (
    'state profile_hook_step register_step_post_hook register_step_pre_hook register_state_dict_pre_hook ' +
    'register_state_dict_post_hook register_load_state_dict_pre_hook register_load_state_dict_post_hook'
  ).split(' '),
);

/** What `optimizer.name` raises for a name that none of them has: `to`, `cuda`, `lr`. */
export function missingAttribute({ className }: Optimizer, name: string): Error {
  if (otherNames.has(name) || name.startsWith('_')) return new NotBuilt(`${className}.${name}`);
  return new PythonError('AttributeError', `'${className}' object has no attribute '${name}'`);
}

/** A numeric option of a group. */
export function numberOption(group: ParamGroup, name: string): number {
  return toNumber(group.options.get(name) ?? null);
}

/** Whether a constructor was given parameters or groups of them. Raises ValueError for neither. */
export function groupsOf(params: Iterable<Parameter | ParamGroupSpec>): readonly ParamGroupSpec[] {
  const items = [...params];
  if (items.length === 0) throw emptyList();
  const isGroup = (item: Parameter | ParamGroupSpec): item is ParamGroupSpec => 'params' in item;
  const groups = items.filter(isGroup);
  if (groups.length > 0) return groups;
  return [{ params: items.filter((item): item is Parameter => !isGroup(item)) }];
}

/** Raises ValueError for a number below 0. */
export function checkRange(value: PyValue, called: string): void {
  if (lessThan(value, ZERO)) throw new PythonError('ValueError', `Invalid ${called}: ${pyRepr(value)}`);
}

/** A learning rate may be a tensor, but of one number. Raises ValueError. */
export function checkTensorRate(lr: PyValue): void {
  if (!(lr instanceof Tensor)) return;
  if (lr.numel !== 1) throw new PythonError('ValueError', 'Tensor lr must be 1-element');
  throw new NotBuilt('a learning rate that is a tensor');
}

/** `fused=True` goes with neither `differentiable` nor `foreach`. Raises RuntimeError. */
export function checkFused(options: ReadonlyMap<string, PyValue>): void {
  if (!options.get('fused')) return;
  if (options.get('differentiable'))
    throw new PythonError('RuntimeError', '`fused` does not support `differentiable`');
  if (options.get('foreach'))
    throw new PythonError('RuntimeError', '`fused` and `foreach` cannot be `True` together.');
}

const DUPLICATES =
  'optimizer contains a parameter group with duplicate parameters; in future, this will cause an error; see ' +
  'github.com/pytorch/pytorch/issues/40967 for more information';
