/** Python's own functions, and the modules of its library that cases import. */
import { checkDeepcopy } from '../../../src/torch/autograd/leaf';
import { length, toBool, toFloat, toInt } from '../../../src/torch/functions/scalars';
import { cloneModule } from '../../../src/torch/nn/clone';
import { Module } from '../../../src/torch/nn/module';
import { typeName } from '../../../src/torch/python/type-name';
import {
  PyDict,
  PyFloat,
  PyGlobal,
  PyObject,
  type PyValue,
  toNumber,
} from '../../../src/torch/python/values';
import { type PrintOptions, setPrintOptions } from '../../../src/torch/repr/print-options';
import { valueRepr, valueStr } from '../../../src/torch/repr/value';
import { Storage, Tensor } from '../../../src/torch/tensor';
import { NotExpressible } from './syntax';
import { asPy, type Call, Callable, itemsOf, Namespace, TypeOf, type Value } from './values';
import type { World } from './world';

export function builtins(world: World): [string, Value][] {
  const one = (run: (value: PyValue) => Value): Callable =>
    new Callable(({ args: [value] }) => run(asPy(value)));
  return [
    ['list', new Callable(({ args: [value] }) => [...itemsOf(value)])],
    ['len', new Callable(({ args: [value] }) => lengthOf(value))],
    ['repr', one((value) => valueRepr(value, world.printOptions))],
    ['str', one((value) => valueStr(value, world.printOptions))],
    ['type', one((value) => new TypeOf(typeName(value)))],
    ['next', new Callable(({ args: [value] }) => itemsOf(value)[0])],
    ['range', one((n) => Array.from({ length: toNumber(n) }, (_, i) => i))],
    [
      'sum',
      new Callable(({ args: [value] }) => itemsOf(value).reduce((n: number, x) => n + toNumber(asPy(x)), 0)),
    ],
    ['dict', new Callable(({ kwargs }) => new PyDict([...kwargs].map(([key, value]) => [key, asPy(value)])))],
    [
      'float',
      one((value) =>
        value instanceof Tensor ? toFloat(value, world.eager.warn) : new PyFloat(numberOf(value)),
      ),
    ],
    ['int', one((value) => (value instanceof Tensor ? toInt(value) : Math.trunc(numberOf(value))))],
    ['bool', one((value) => (value instanceof Tensor ? toBool(value) : unsupported('bool of this value')))],
    ['collections', new Namespace('collections', [['OrderedDict', new Callable(orderedDict)]])],
    ['copy', new Namespace('copy', [['deepcopy', one(deepcopy)]])],
    [
      'np',
      new Namespace('numpy', [
        ['zeros', array],
        ['ones', array],
      ]),
    ],
  ];
}

/** An array is there to be no tensor. */
const array = new Callable(() => new PyObject(new PyGlobal('numpy', 'ndarray')));

function lengthOf(value: Value): number {
  if (value instanceof Tensor) return length(value);
  if (value instanceof Module) return value.modules.size;
  return typeof value === 'string' ? value.length : itemsOf(value).length;
}

function numberOf(value: PyValue): number {
  if (value === 'nan') return Number.NaN;
  if (value === 'inf') return Number.POSITIVE_INFINITY;
  if (value === '-inf') return Number.NEGATIVE_INFINITY;
  return typeof value === 'string' ? unsupported('a number in a string') : toNumber(value);
}

function deepcopy(value: PyValue): Value {
  if (value instanceof Module) {
    for (const inner of value.attributes.values()) if (inner instanceof Tensor) checkDeepcopy(inner);
    return cloneModule(value);
  }
  if (!(value instanceof Tensor)) return unsupported('deepcopy of this value');
  checkDeepcopy(value);
  const { shape, stride, offset, dtype, requiresGrad, storage } = value;
  const copied = new Storage(storage.dtype, storage.bytes.slice(), storage.location);
  return new Tensor(copied, shape, { stride, offset, dtype, requiresGrad });
}

function orderedDict({ args: [pairs] }: Call): PyDict {
  return PyDict.ordered(
    itemsOf(pairs).map((pair): [PyValue, PyValue] => {
      const [key, value] = itemsOf(pair);
      return [asPy(key), asPy(value)];
    }),
  );
}

const printOptionNames: Readonly<Record<string, keyof PrintOptions>> = {
  precision: 'precision',
  threshold: 'threshold',
  edgeitems: 'edgeitems',
  linewidth: 'linewidth',
  sci_mode: 'sciMode',
};

/** `torch.set_printoptions(...)` */
export function printOptions({ args, kwargs }: Call, world: World): null {
  if (args.length > 0) throw new NotExpressible('positional print options');
  const given = [...kwargs].flatMap(([name, value]) => {
    const option = printOptionNames[name];
    if (!option) return [];
    return [[option, typeof value === 'boolean' ? value : toNumber(asPy(value))] as const];
  });
  const profile = kwargs.get('profile');
  world.printOptions = setPrintOptions(
    world.printOptions,
    Object.fromEntries(given),
    typeof profile === 'string' ? profile : undefined,
  );
  return null;
}

function unsupported(what: string): never {
  throw new NotExpressible(what);
}
