/** `torch.optim.Optimizer` (torch/optim/optimizer.py): parameter groups with options, and state beside each parameter. */
import { PythonError } from '../errors';
import { pyRepr } from '../python/repr';
import { PyDict, type PyValue, toNumber } from '../python/values';
import { type Parameter, Tensor } from '../tensor';

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
  readonly paramGroups: readonly ParamGroup[];
  /** By parameter: `momentum_buffer`, `exp_avg`. A parameter is absent until its first step. */
  readonly state = new Map<Parameter, Map<string, Tensor>>();
  abstract readonly className: string;

  /** Raises ValueError for an empty list and for a parameter that stands in two groups. */
  protected constructor(groups: readonly ParamGroupSpec[], defaults: ReadonlyMap<string, PyValue>) {
    this.paramGroups = groups.map(({ params, options }) => ({
      params: [...params],
      options: new Map([...defaults, ...(options ?? [])]),
    }));
    const seen = new Set<Parameter>();
    for (const { params } of this.paramGroups) {
      if (params.length === 0) throw new PythonError('ValueError', 'optimizer got an empty parameter list');
      if (params.some((parameter) => seen.has(parameter))) {
        throw new PythonError('ValueError', 'some parameters appear in more than one parameter group');
      }
      for (const parameter of params) seen.add(parameter);
    }
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

/** A numeric option of a group. */
export function numberOption(group: ParamGroup, name: string): number {
  return toNumber(group.options.get(name) ?? null);
}

/** Whether a constructor was given parameters or groups of them. */
export function groupsOf(params: Iterable<Parameter> | readonly ParamGroupSpec[]): readonly ParamGroupSpec[] {
  const items = [...params];
  const isGroup = (item: Parameter | ParamGroupSpec): item is ParamGroupSpec => 'params' in item;
  const groups = items.filter(isGroup);
  if (groups.length > 0) return groups;
  return [{ params: items.filter((item): item is Parameter => !isGroup(item)) }];
}

/** Raises ValueError for a number below 0. */
export function checkRange(value: PyValue, called: string): void {
  if (toNumber(value) < 0) throw new PythonError('ValueError', `Invalid ${called}: ${pyRepr(value)}`);
}
