/** `print(model)`: torch/nn/modules/module.py, `__repr__` and `_addindent`; torch/nn/modules/container.py for ModuleList. */
import { ModuleList } from '../nn/container';
import type { Module } from '../nn/module';

function indentAfterFirstLine(text: string): string {
  return text.split('\n').join('\n  ');
}

export function moduleRepr(module: Module): string {
  module.requireInit('_modules');
  const extra = module.extraRepr();
  const extraLines = extra === '' ? [] : extra.split('\n');
  const childLines = module instanceof ModuleList ? foldedLines(module) : lines(module);
  if (childLines.length === 0 && extraLines.length <= 1) return `${module.className}(${extra})`;
  return `${module.className}(\n  ${[...extraLines, ...childLines].join('\n  ')}\n)`;
}

function lines(module: Module): string[] {
  return [...module.modules].map(([name, child]) => `(${name}): ${indentAfterFirstLine(moduleRepr(child))}`);
}

/** A ModuleList shows equal neighbours as one line: `(0-2): 3 x Linear(...)`. */
function foldedLines(list: ModuleList): string[] {
  const runs: { readonly text: string; readonly first: number; count: number }[] = [];
  for (const [i, child] of [...list.modules.values()].entries()) {
    const text = moduleRepr(child);
    const last = runs[runs.length - 1];
    if (last?.text === text) last.count++;
    else runs.push({ text, first: i, count: 1 });
  }
  return runs.map(({ text, first, count }) => {
    const start = count === 1 ? `(${first}): ` : `(${first}-${first + count - 1}): ${count} x `;
    return indentAfterFirstLine(start + text);
  });
}
