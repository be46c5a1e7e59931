/** Sizes of a tensor that is made: `torch.empty(2, 3)`, `torch.zeros((2, 3))` (ATen/EmptyTensor.cpp). */
import { NotBuilt, PythonError } from './errors';
import { intsArgument } from './python/arguments';
import { PyTuple, type PyValue } from './python/values';
import { numelOf, type Shape } from './tensor';

/** Elements that a page can hold: 2 GiB of them. PyTorch asks the machine, and says how much it asked for. */
const MOST = 2 ** 29;

/** Of `fn(2, 3)` or `fn((2, 3))`. Raises TypeError for what is no list of ints, RuntimeError for a negative size. */
export function sizesOf(fn: string, args: readonly PyValue[]): Shape {
  const [only] = args;
  return notNegative(fn, intsArgument(fn, 'size', 1, args.length === 1 ? only : new PyTuple(args)));
}

/** Sizes in one tuple, as a layer gives those of its parameters. */
export function sizes(fn: string, items: readonly PyValue[]): Shape {
  return sizesOf(fn, [new PyTuple(items)]);
}

function notNegative(fn: string, shape: Shape): Shape {
  const negative = shape.find((size) => size < 0);
  if (negative === undefined) {
    if (numelOf(shape) > MOST) throw new NotBuilt(`a tensor of ${numelOf(shape)} elements`);
    return shape;
  }
  throw new PythonError(
    'RuntimeError',
    fn === 'zeros'
      ? 'zeros: Dimension size must be non-negative.'
      : `Trying to create tensor with negative dimension ${negative}: [${shape.join(', ')}]`,
  );
}
