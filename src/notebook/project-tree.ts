/** A project as rows of a tree: folders first, the script and the files beside it last. */
import { folderOf, type Project } from './project';

export interface TreeRow {
  /** From the project's folder; `src/` is a folder, and the empty path the project itself. */
  readonly path: string;
  readonly name: string;
  readonly level: number;
  /** A class the file defines. */
  readonly holds: string | null;
  /** Where a file was looked for, and is not. */
  readonly gone: boolean;
}

/** `beside` are files that are no Python, `gone` a path that is missing here. */
export function treeRows(
  { script, files }: Project,
  beside: readonly string[],
  gone: string | null = null,
): TreeRow[] {
  const python = files.map(({ path, defines }) => ({ path, holds: defines?.className ?? null, gone: false }));
  const missing = gone !== null && !files.some(({ path }) => path === gone);
  if (missing) python.push({ path: gone, holds: null, gone: true });
  const rows: TreeRow[] = [{ path: '', name: 'project/', level: 0, holds: null, gone: false }];
  const walk = (folder: string, level: number): void => {
    const inside = python.filter(({ path }) => path.startsWith(folder));
    const here = inside.filter(({ path }) => folderOf(path) === folder);
    const names = inside.flatMap(({ path }) => /^[^/]+\//.exec(path.slice(folder.length))?.[0] ?? []);
    for (const name of [...new Set(names)].sort()) {
      const path = folder + name;
      const empty = python.every((file) => file.gone || !file.path.startsWith(path));
      rows.push({ path, name, level, holds: null, gone: empty });
      walk(path, level + 1);
    }
    const last = (path: string): number => (path === script ? 1 : 0);
    for (const file of here.sort((a, b) => last(a.path) - last(b.path) || (a.path < b.path ? -1 : 1)))
      rows.push({ ...file, name: file.path.slice(folder.length), level });
  };
  walk('', 1);
  return [...rows, ...beside.map((name) => ({ path: name, name, level: 1, holds: null, gone: false }))];
}
