/** `print(model)`: torch/nn/modules/module.py, `__repr__` and `_addindent`. */
import type { Module } from '../nn/module';

function indentAfterFirstLine(text: string): string {
  return text.split('\n').join('\n  ');
}

export function moduleRepr(module: Module): string {
  const extra = module.extraRepr();
  const extraLines = extra === '' ? [] : extra.split('\n');
  const childLines = [...module.modules].map(
    ([name, child]) => `(${name}): ${indentAfterFirstLine(moduleRepr(child))}`,
  );
  if (childLines.length === 0 && extraLines.length <= 1) return `${module.className}(${extra})`;
  return `${module.className}(\n  ${[...extraLines, ...childLines].join('\n  ')}\n)`;
}
