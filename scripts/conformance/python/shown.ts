/** `str()` of what a case came to. */
import { IncompatibleKeys } from '../../../src/torch/nn/load-state-dict';
import { Optimizer } from '../../../src/torch/optim/optimizer';
import { optimizerRepr } from '../../../src/torch/repr/optimizer';
import { valueRepr, valueStr } from '../../../src/torch/repr/value';
import { Tensor } from '../../../src/torch/tensor';
import { hasGraph, hasNumbers } from './forward';
import { NotExpressible } from './syntax';
import { asPy, DictView, Generated, type Value } from './values';

export function shown(value: Value): string {
  if (value instanceof Optimizer) return optimizerRepr(value);
  if (value instanceof IncompatibleKeys) return value.repr;
  if (value instanceof DictView) return `${value.kind}(${valueRepr([...value.items])})`;
  if (value instanceof Generated) throw new NotExpressible('printing a generator');
  if (value instanceof Tensor && !hasNumbers(value))
    throw new NotExpressible('numbers that are not computed');
  if (value instanceof Tensor && hasGraph(value)) throw new NotExpressible('the name of a grad_fn');
  return valueStr(asPy(value));
}
