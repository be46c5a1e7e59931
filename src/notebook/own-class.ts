/** The one name in a file that is the learner's own: `train.Net`, as module and class. */
import type { ShelfFile } from './views';

export interface OwnClass {
  readonly module: string;
  readonly name: string;
}

/** Its path as the file names it. */
export function classPath({ module, name }: OwnClass): string {
  return `${module}.${name}`;
}

export function ownClass({ globals }: Pick<ShelfFile, 'globals'>): OwnClass | null {
  const path = globals.find((name) => !/^(torch|collections|builtins|__builtin__|numpy)\b/.test(name));
  if (!path?.includes('.')) return null;
  const dot = path.lastIndexOf('.');
  return { module: path.slice(0, dot), name: path.slice(dot + 1) };
}
