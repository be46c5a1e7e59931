/** `optimizer.load_state_dict(...)` (torch/optim/optimizer.py). */
import { PythonError } from '../errors';
import { noAttribute } from '../python/arguments';
import { iterate } from '../python/iterate';
import { strRepr } from '../python/repr';
import { PyDict, type PyValue, toNumber } from '../python/values';
import { Tensor } from '../tensor';
import { cast } from '../to';
import type { Optimizer } from './optimizer';

/**
 * Takes options and state from a state_dict of an optimizer with groups of the same sizes; tensors become the optimizer's
 * own, in their parameter's dtype. Raises ValueError for other groups, KeyError for a dict that is no such state_dict.
 */
export function loadOptimizerState(optimizer: Optimizer, stateDict: PyValue): void {
  const groups = iterate(entry(stateDict, 'param_groups'));
  if (groups.length !== optimizer.paramGroups.length) {
    throw new PythonError('ValueError', 'loaded state dict has a different number of parameter groups');
  }
  const numbers = groups.map((group) => iterate(entry(group, 'params')));
  if (numbers.some((own, i) => own.length !== optimizer.paramGroups[i].params.length)) {
    throw new PythonError(
      'ValueError',
      "loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
    );
  }
  const byNumber = new Map(numbers.flat().map((number, i) => [toNumber(number), optimizer.parameters[i]]));
  const state = entry(stateDict, 'state');
  optimizer.state.clear();
  for (const [number, own] of state instanceof PyDict ? state : []) {
    const parameter = byNumber.get(toNumber(number));
    if (parameter && own instanceof PyDict) optimizer.state.set(parameter, stateOf(own, parameter));
  }
  for (const [i, { options }] of optimizer.paramGroups.entries()) {
    options.clear();
    for (const [name, value] of groups[i] as PyDict) if (name !== 'params') options.set(String(name), value);
    for (const [name, value] of optimizer.olderDefaults) if (!options.has(name)) options.set(name, value);
  }
}

/** `value[name]` of what should be a dict. */
function entry(value: PyValue, name: string): PyValue {
  if (value instanceof PyDict) {
    const found = value.get(name);
    if (found === undefined) throw new PythonError('KeyError', strRepr(name));
    return found;
  }
  if (Array.isArray(value))
    throw new PythonError('TypeError', 'list indices must be integers or slices, not str');
  throw noAttribute(value, 'copy');
}

function stateOf(own: PyDict, parameter: Tensor): Map<string, Tensor> {
  const tensors = [...own].filter((pair): pair is [PyValue, Tensor] => pair[1] instanceof Tensor);
  // Steps stay as they are counted.
  return new Map(
    tensors.map(([name, tensor]) => [
      String(name),
      name === 'step' ? cast(tensor, tensor.dtype) : cast(tensor, parameter.dtype),
    ]),
  );
}
