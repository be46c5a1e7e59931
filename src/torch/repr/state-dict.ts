/** `repr()` of what `torch.load` returns: dicts, lists and numbers with tensors and modules among them. */
import { Module } from '../nn/module';
import { pyRepr } from '../python/repr';
import { PyDict, type PyValue } from '../python/values';
import { Tensor } from '../tensor';
import { moduleRepr } from './module';
import { tensorRepr } from './tensor';

/** `print(state_dict)`: an OrderedDict shows its pairs, as in Python 3.11; 3.12 shows a dict. */
export function stateDictRepr(dict: PyDict): string {
  if (dict.size === 0) return 'OrderedDict()';
  const pairs = [...dict].map(([key, value]) => `(${valueRepr(key)}, ${valueRepr(value)})`);
  return `OrderedDict([${pairs.join(', ')}])`;
}

/** `repr(value)`; a tensor's own line breaks stay as they are. */
export function valueRepr(value: PyValue): string {
  if (value instanceof PyDict && value.className === 'OrderedDict') return stateDictRepr(value);
  if (value instanceof PyDict && value.className === 'dict') {
    return `{${[...value].map(([key, item]) => `${valueRepr(key)}: ${valueRepr(item)}`).join(', ')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(valueRepr).join(', ')}]`;
  return pyRepr(value, (other) => {
    if (other instanceof Tensor) return tensorRepr(other);
    if (other instanceof Module) return moduleRepr(other);
    return 'object';
  });
}
