/** What an optimizer makes of its first argument (torch/optim/optimizer.py, Optimizer.__init__ and add_param_group). */
import { isLeaf } from '../autograd/leaf';
import { NotBuilt, PythonError } from '../errors';
import { iterate } from '../python/iterate';
import { strRepr } from '../python/repr';
import { torchTypeName, typeRepr } from '../python/type-name';
import { PyDict, PySet, PyTuple, type PyValue } from '../python/values';
import { Tensor } from '../tensor';
import type { ParamGroupSpec } from './optimizer';

/** Groups of `params`: tensors, or dicts of groups. Raises TypeError, ValueError or KeyError for anything else. */
export function paramGroups(params: PyValue): ParamGroupSpec[] {
  if (params instanceof Tensor) {
    throw typeError(
      `params argument given to the optimizer should be an iterable of Tensors or dicts, but got ${torchTypeName(params)}`,
    );
  }
  const items = iterate(params);
  if (items.length === 0) throw emptyList();
  return items[0] instanceof PyDict ? items.map(paramGroup) : [{ params: items.map(checkedParameter) }];
}

export function emptyList(): PythonError {
  return new PythonError('ValueError', 'optimizer got an empty parameter list');
}

/** One dict `{'params': ..., 'lr': ...}`. */
export function paramGroup(group: PyValue): ParamGroupSpec {
  if (!(group instanceof PyDict)) throw typeError(`param_group must be a dict, but got ${typeRepr(group)}`);
  const params = group.get('params');
  if (params === undefined) throw new PythonError('KeyError', strRepr('params'));
  if (params instanceof PySet) {
    throw typeError(
      'optimizer parameters need to be organized in ordered collections, but the ordering of tensors in sets will change ' +
        'between runs. Please use a list instead.',
    );
  }
  const options = [...group].filter(([name]) => name !== 'params');
  return {
    params: (params instanceof Tensor ? [params] : iterate(params)).map(checkedParameter),
    options: new Map(options.map(([name, value]) => [String(name), value])),
  };
}

function checkedParameter(value: PyValue): Tensor {
  if (value instanceof PyTuple) throw new NotBuilt('an optimizer of named parameters');
  if (!(value instanceof Tensor))
    throw typeError(`optimizer can only optimize Tensors, but one of the params is ${torchTypeName(value)}`);
  if (!isLeaf(value)) throw new PythonError('ValueError', "can't optimize a non-leaf Tensor");
  return value;
}

function typeError(message: string): PythonError {
  return new PythonError('TypeError', message);
}
