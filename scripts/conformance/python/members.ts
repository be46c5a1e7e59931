/** Attributes and methods of the product's objects under their Python names. */
import { eager } from '../../../src/engine';
import { Node } from '../../../src/torch/autograd/node';
import { Module } from '../../../src/torch/nn/module';
import { bind, type ParameterSpec } from '../../../src/torch/nn/signature';
import { loadOptimizerState } from '../../../src/torch/optim/load-state-dict';
import { missingAttribute, Optimizer } from '../../../src/torch/optim/optimizer';
import { paramGroup } from '../../../src/torch/optim/params';
import { noAttribute } from '../../../src/torch/python/arguments';
import { PyDevice, PyDict, PyFloat, PyTuple, type PyValue } from '../../../src/torch/python/values';
import { Tensor } from '../../../src/torch/tensor';
import { moduleMember } from './module-members';
import { NotExpressible } from './syntax';
import { tensorMember } from './tensor-members';
import { asPy, asPyCall, Callable, DictView, TypeOf, type Value } from './values';
import type { World } from './world';

export function attributeOf(of: Value, name: string, world: World): Value {
  const found = memberOf(of, name, world);
  if (found === undefined) throw new NotExpressible(`.${name}`);
  return found;
}

function memberOf(of: Value, name: string, world: World): Value | undefined {
  if (of instanceof Tensor) return tensorMember(of, name, world);
  if (of instanceof Module) return moduleMember(of, name, world);
  if (of instanceof Optimizer) return optimizerMember(of, name, world);
  if (of instanceof PyDict && dictMethods.has(name)) return dictMember(of, name);
  if (of instanceof PyDevice) return name === 'type' ? of.type : name === 'index' ? of.index : undefined;
  if (of instanceof Node && name === 'name') return new Callable(() => of.name);
  if (of instanceof TypeOf && name === '__name__') return of.name.slice(of.name.lastIndexOf('.') + 1);
  if (isBuiltin(of) && !pythonMethods.has(name)) throw noAttribute(asPy(of), name);
  return undefined;
}

function isBuiltin(value: Value): boolean {
  return (
    value === null ||
    ['number', 'boolean', 'string'].includes(typeof value) ||
    [PyFloat, PyTuple, PyDict].some((cls) => value instanceof cls) ||
    Array.isArray(value)
  );
}

/** What Python's own types have: beyond these, an attribute is an error. */
const pythonMethods = new Set(
  (
    'append extend insert pop remove clear index count sort reverse copy keys values items get update setdefault popitem ' +
    'real imag numerator denominator conjugate bit_length is_integer hex fromhex as_integer_ratio join split strip format ' +
    'upper lower replace startswith endswith encode find title'
  ).split(' '),
);
const dictMethods = new Set(['_metadata', 'keys', 'values', 'items']);

function optimizerMember(optimizer: Optimizer, name: string, world: World): Value | undefined {
  const method = (
    parameters: readonly ParameterSpec[],
    run: (value: PyValue) => Value,
    owner = 'Optimizer',
  ) =>
    new Callable((call) => {
      const [value = null] = bind(owner, parameters, asPyCall(call), name).values();
      return run(value);
    });
  switch (name) {
    case 'state_dict':
      return method([], () => optimizer.stateDict());
    case 'load_state_dict':
      return method([{ name: 'state_dict' }], (dict) => {
        loadOptimizerState(optimizer, dict);
        return null;
      });
    case 'defaults':
      return new PyDict(optimizer.defaults);
    case 'param_groups':
      return optimizer.paramGroups.map(
        ({ params, options }) => new PyDict([['params', [...params]], ...options]),
      );
    case 'add_param_group':
      return method([{ name: 'param_group' }], (group) => {
        optimizer.addParamGroup(paramGroup(group));
        return null;
      });
    case 'step':
      return method(
        [{ name: 'closure', default: null }],
        (closure) => stepped(optimizer, closure, world),
        optimizer.className,
      );
    case 'zero_grad':
      return method([{ name: 'set_to_none', default: true }], (toNone) => {
        if (toNone !== true) throw new NotExpressible('gradients of zero');
        for (const parameter of optimizer.parameters) parameter.grad = null;
        return null;
      });
    default:
      throw missingAttribute(optimizer, name);
  }
}

function stepped(optimizer: Optimizer, closure: PyValue, world: World): null {
  if (closure !== null) throw new NotExpressible('a closure');
  eager.step(world.eager, optimizer);
  return null;
}

function dictMember(dict: PyDict, name: string): Value | undefined {
  if (name === '_metadata') return dict.attributes?.get('_metadata');
  const kind = dict.className === 'OrderedDict' ? 'odict' : 'dict';
  const views: Readonly<Record<string, () => readonly PyValue[]>> = {
    keys: () => [...dict.keys()],
    values: () => [...dict.values()],
    items: () => [...dict].map((pair) => new PyTuple(pair)),
  };
  return new Callable(() => new DictView(`${kind}_${name}`, views[name]()));
}
