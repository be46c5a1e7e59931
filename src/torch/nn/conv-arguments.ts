/** What `torch.conv1d` and `torch.conv2d` say of arguments that fit none of their signatures (torch/csrc/utils/python_arg_parser.cpp). */
import { PythonError } from '../errors';
import { sequenceOf } from '../python/arguments';
import { cTypeName } from '../python/type-name';
import { PyTuple, type PyValue } from '../python/values';

const signatures = ['tuple of ints padding = 0', 'str padding = "valid"'].map(
  (padding) =>
    ` * (Tensor input, Tensor weight, Tensor bias = None, tuple of ints stride = 1, ${padding}, ` +
    'tuple of ints dilation = 1, int groups = 1)',
);

/** `fn(input, *others)`: the two signatures, each with the types that came; without input, one that is a tensor. */
export function invalidCombination(
  fn: string,
  input: PyValue | undefined,
  others: readonly PyValue[],
): PythonError {
  const types = [input === undefined ? 'Tensor' : cTypeName(input), ...others.map(cTypeName)];
  const shown = [input === undefined ? 'Tensor' : described(input), ...others.map(described)];
  const mismatch = `      didn't match because some of the arguments have invalid types: (${shown.join(', ')})`;
  const tried = signatures.map((signature) => `${signature}\n${mismatch}\n`);
  return new PythonError(
    'TypeError',
    `${fn}() received an invalid combination of arguments - got (${types.join(', ')}), ` +
      `but expected one of:\n${tried.join('')}`,
  );
}

/** Everything but the input that fits is marked as well. */
function described(value: PyValue): string {
  const items = sequenceOf(value)?.map(cTypeName);
  if (!items) return `!${cTypeName(value)}!`;
  if (!(value instanceof PyTuple)) return `!list of [${items.join(', ')}]!`;
  return items.length === 1 ? `!tuple of (${items[0]},)!` : `!tuple of (${items.join(', ')})!`;
}
