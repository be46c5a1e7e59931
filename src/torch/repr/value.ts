/** `repr()` and `str()` of any value of a session: dicts, lists and numbers with tensors and modules among them. */
import { Module } from '../nn/module';
import { pyRepr } from '../python/repr';
import { typeName } from '../python/type-name';
import { PyDevice, type PyValue } from '../python/values';
import { Tensor } from '../tensor';
import { moduleRepr } from './module';
import { defaultPrintOptions } from './print-options';
import { tensorRepr } from './tensor';

/** `repr(value)`; a tensor's own line breaks stay as they are. */
export function valueRepr(value: PyValue, options = defaultPrintOptions): string {
  return pyRepr(value, (other) => {
    if (other instanceof Tensor) return tensorRepr(other, other.gradFn?.name, options);
    if (other instanceof Module) return moduleRepr(other);
    return `<${typeName(other)} object>`;
  });
}

/** `str(value)`: what `print` writes. A str shows itself and a device its name; anything else is its repr. */
export function valueStr(value: PyValue, options = defaultPrintOptions): string {
  if (typeof value === 'string') return value;
  if (value instanceof PyDevice) return value.index === null ? value.type : `${value.type}:${value.index}`;
  return valueRepr(value, options);
}
