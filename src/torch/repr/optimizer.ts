/** `print(optimizer)`: torch/optim/optimizer.py, `__repr__`. */
import type { Optimizer } from '../optim/optimizer';
import { valueStr } from './value';

/** Options of each group in alphabetical order, without its parameters. */
export function optimizerRepr({ className, paramGroups }: Optimizer): string {
  const groups = paramGroups.map(({ options }, i) => {
    const lines = [...options].sort(([a], [b]) => (a < b ? -1 : 1));
    const shown = lines.map(([name, value]) => `    ${name}: ${valueStr(value)}\n`).join('');
    return `\nParameter Group ${i}\n${shown}`;
  });
  return `${className} (${groups.join('')})`;
}
