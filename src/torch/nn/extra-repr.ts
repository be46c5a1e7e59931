/** The parts an `extra_repr` is joined of. */
import { pyRepr } from '../python/repr';
import { PyFloat, PyTuple, type PyValue, toNumber } from '../python/values';
import type { Module } from './module';

/** `'eps={eps}'`: text with attributes in it as `str()` shows them, `{name!r}` as `repr()`; or a part that may be empty. */
export type Part = string | ((layer: Module) => string);

export function extraRepr(layer: Module, parts: readonly Part[]): string {
  return parts
    .map((part) => (typeof part === 'string' ? formatted(layer, part) : part(layer)))
    .filter((part) => part !== '')
    .join(', ');
}

function formatted(layer: Module, text: string): string {
  return text.replace(/\{(\w+)(!r)?\}/g, (_, name: string, quoted) => {
    const value = layer.attribute(name);
    return typeof value === 'string' && !quoted ? value : pyRepr(value);
  });
}

/** Shown when it is on. */
export function inplace(layer: Module): string {
  return layer.attribute('inplace') ? 'inplace=True' : '';
}

export function hasBias({ parameters }: Module): string {
  return `bias=${parameters.get('bias') ? 'True' : 'False'}`;
}

/** `name=value` where the value is not the usual one. */
export function unless(name: string, usual: PyValue): Part {
  return (layer) => (equal(layer.attribute(name), usual) ? '' : formatted(layer, `${name}={${name}}`));
}

/** `name=value` where the value is not a tuple of usual ones. */
export function unlessAll(name: string, usual: PyValue): Part {
  return (layer) => {
    const value = layer.attribute(name);
    const plain = value instanceof PyTuple && value.items.every((item) => equal(item, usual));
    return plain ? '' : formatted(layer, `${name}={${name}}`);
  };
}

/** `==` of numbers, whatever their kind, and of anything else that has no parts. */
function equal(a: PyValue, b: PyValue): boolean {
  const isNumber = (value: PyValue): boolean => typeof value === 'number' || value instanceof PyFloat;
  return isNumber(a) && isNumber(b) ? toNumber(a) === toNumber(b) : a === b;
}
