/**
 * How Python finds a module among the files beside a script. `sys.path[0]` is the script's folder; of a package, a module and a
 * folder of one name the first there is wins (Lib/importlib/_bootstrap_external.py, `FileFinder.find_spec`).
 */
import { PythonError } from '../errors';
import { strRepr } from '../python/repr';

/** The file that is run for a module; `null` for a folder without `__init__.py`, a namespace package. */
export type Located =
  | { readonly file: string | null; readonly isPackage: boolean }
  | { readonly missing: string };

/** Whether a file or a folder of this name lies beside the script. `paths` are from its folder: `src/train.py`. */
export function hasTop(paths: Iterable<string>, top: string): boolean {
  return [...paths].some((path) => path === `${top}.py` || path.startsWith(`${top}/`));
}

/** Parent by parent (Lib/importlib/_bootstrap.py, `_find_and_load_unlocked`); what is missing is told in Python's words. */
export function locate(paths: Iterable<string>, module: string): Located {
  const all = [...paths];
  const parts = module.split('.');
  let found = { file: null as string | null, isPackage: true };
  for (const [depth, part] of parts.entries()) {
    const name = parts.slice(0, depth + 1).join('.');
    const parent = parts.slice(0, depth).join('.');
    if (!found.isPackage)
      return { missing: `No module named ${strRepr(name)}; ${strRepr(parent)} is not a package` };
    const at = [...parts.slice(0, depth), part].join('/');
    const init = `${at}/__init__.py`;
    const file = [init, `${at}.py`].find((path) => all.includes(path));
    if (!file && !all.some((path) => path.startsWith(`${at}/`)))
      return { missing: `No module named ${strRepr(name)}` };
    found = { file: file ?? null, isPackage: !file || file === init };
  }
  return found;
}

/** Raises ModuleNotFoundError. */
export function findModule(paths: Iterable<string>, module: string): Exclude<Located, { missing: string }> {
  const found = locate(paths, module);
  if ('missing' in found) throw new PythonError('ModuleNotFoundError', found.missing);
  return found;
}

export interface FromImport {
  readonly module: string;
  readonly name: string;
  /** Names each file defines, by its path from the script's folder. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** The script that runs this statement before anything else, by the same path. */
  readonly script: string;
  /** Folder of the script, as it stands in messages. */
  readonly directory: string;
}

/**
 * `from module import name` in a script that has defined nothing yet: whether it gets a class, or a module of the same name.
 * Raises ModuleNotFoundError and ImportError (Python/ceval.c, `import_from`).
 */
export function importFrom({ module, name, files, script, directory }: FromImport): 'class' | 'module' {
  const { file, isPackage } = findModule(files.keys(), module);
  const isSelf = file === script;
  if (file !== null && !isSelf && files.get(file)?.includes(name)) return 'class';
  // Lib/importlib/_bootstrap.py, `_handle_fromlist`: a package is asked for a module of the name.
  if (isPackage && 'file' in locate(files.keys(), `${module}.${name}`)) return 'module';
  const from = isSelf
    ? `partially initialized module ${strRepr(module)} (most likely due to a circular import)`
    : strRepr(module);
  const where = file === null ? 'unknown location' : `${directory}/${file}`;
  throw new PythonError('ImportError', `cannot import name ${strRepr(name)} from ${from} (${where})`);
}
