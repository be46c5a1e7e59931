/** `str()` of what a case came to. */
import { Node } from '../../../src/torch/autograd/node';
import { IncompatibleKeys } from '../../../src/torch/nn/load-state-dict';
import { Optimizer } from '../../../src/torch/optim/optimizer';
import { PyObject } from '../../../src/torch/python/values';
import { optimizerRepr } from '../../../src/torch/repr/optimizer';
import { valueRepr, valueStr } from '../../../src/torch/repr/value';
import { Tensor } from '../../../src/torch/tensor';
import { hasNumbers } from './forward';
import { NotExpressible } from './syntax';
import { asPy, DictView, Generated, TypeOf, type Value } from './values';
import type { World } from './world';

export function shown(value: Value, { printOptions }: World): string {
  if (value instanceof Optimizer) return optimizerRepr(value);
  if (value instanceof IncompatibleKeys) return value.repr;
  if (value instanceof DictView) return `${value.kind}(${valueRepr([...value.items])})`;
  // Where it lies in memory is written as the recorder writes any address.
  if (value instanceof Generated) return `<generator object ${value.name} at 0x<addr>>`;
  if (value instanceof TypeOf) return `<class '${value.name}'>`;
  if (value instanceof Node || value instanceof PyObject) throw new NotExpressible('printing this object');
  if (value instanceof Tensor && !hasNumbers(value))
    throw new NotExpressible('numbers that are not computed');
  return valueStr(asPy(value), printOptions);
}
