/** A project folder as Python sees it: the script that runs, the files around it, and what each of them defines. */
import { findModule, importFrom, locate } from '../torch/program/imports';

/** The friend's `Net` beside the one that was saved. */
export type FriendLayers =
  | 'same'
  /** The first hidden layer twice as wide. */
  | 'wider'
  /** The last layer under another attribute. */
  | 'renamed'
  /** One more layer at the end. */
  | 'deeper'
  /** No BatchNorm, or where there is none, no last bias. */
  | 'leaner'
  /** The last layer with one more output: another task. */
  | 'head';

/** The learner's class as it stands in a file. */
export interface ProjectClass {
  readonly className: string;
  readonly layers: FriendLayers;
  /** `other`: a forward that leaves a layer out. */
  readonly forward: 'same' | 'other';
}

export interface ProjectFile {
  /** From the project's folder: `src/train.py`. */
  readonly path: string;
  readonly defines: ProjectClass | null;
}

/** Folders are there as long as a file is in them. */
export interface Project {
  /** Path of the script that runs: its folder is where Python looks for modules, `sys.path[0]`. */
  readonly script: string;
  /** Where the script has its class from: `__main__` when it defines it, a module it imports it from, or nowhere. */
  readonly takes: string | null;
  /** The class by the name the script uses. */
  readonly className: string;
  /** The script is one of them. */
  readonly files: readonly ProjectFile[];
}

/** The same as choices say it: the class the script gets, and whatever else lies there. */
export interface Layout extends ProjectClass {
  readonly script: string;
  /** Module that defines the class: `__main__` (the script itself), `train`, `src.train`; `null` where none does. */
  readonly classHome: string | null;
  /** `src/train.py`, `src/train/__init__.py`, or no file at all that has what the script imports. */
  readonly classIn: 'module' | 'package' | 'none';
  readonly others: readonly ProjectFile[];
}

/** Nothing was moved, and nothing else lies there. */
export const tidy = { classIn: 'module', others: [] } as const satisfies Partial<Layout>;

export function modulePath(module: string): string {
  return `${module.replaceAll('.', '/')}.py`;
}

/** `src/`, or nothing for the project's own folder. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

export function projectOf(layout: Layout): Project {
  const { script, classHome, classIn, className, layers, forward } = layout;
  const defines = { className, layers, forward };
  const home = classHome === '__main__' ? script : homePath(layout);
  const files = new Map(layout.others.map((file) => [file.path, file]));
  files.set(script, { path: script, defines: null });
  if (home !== null && (classIn !== 'none' || classHome === '__main__'))
    files.set(home, { path: home, defines });
  return { script, takes: classHome, className, files: inOrder(files.values()) };
}

function homePath({ script, classHome, classIn }: Layout): string | null {
  if (classHome === null) return null;
  const path = folderOf(script) + modulePath(classHome);
  return classIn === 'package' ? path.replace(/\.py$/, '/__init__.py') : path;
}

/** What the script gets comes first; `before` is what the choices say where it gets nothing. */
export function layoutOf(project: Project, before: Pick<ProjectClass, 'layers' | 'forward'>): Layout {
  const { script, takes, className, files } = project;
  const home = homeOf(project);
  const { layers, forward } = home?.defines ?? before;
  const others = inOrder(files.filter(({ path }) => path !== script && path !== home?.path));
  const imports = takes !== null && takes !== '__main__';
  const classIn = imports ? (home ? placeOf(home.path, takes) : 'none') : tidy.classIn;
  return { script, classHome: takes, className, layers, forward, classIn, others };
}

function placeOf(path: string, module: string): 'module' | 'package' {
  return path.endsWith(modulePath(module)) ? 'module' : 'package';
}

/** The file that defines the class of the script, as far as it finds one. */
export function homeOf({ script, takes, className, files }: Project): ProjectFile | null {
  if (takes === null) return null;
  const path = takes === '__main__' ? script : pathOf({ script, files }, takes);
  const file = files.find((one) => one.path === path);
  return file?.defines?.className === className ? file : null;
}

/** Which file of the project a module is, or `null`. */
export function pathOf({ script, files }: Pick<Project, 'script' | 'files'>, module: string): string | null {
  const folder = folderOf(script);
  const found = locate(pathsFrom(folder, files), module);
  return 'file' in found && found.file !== null ? folder + found.file : null;
}

/** Under which name the script can import a file; `null` where it cannot. */
export function moduleOf(project: Pick<Project, 'script' | 'files'>, path: string): string | null {
  const folder = folderOf(project.script);
  if (!path.startsWith(folder)) return null;
  const module = path
    .slice(folder.length)
    .replace(/(^|\/)__init__\.py$|\.py$/, '')
    .replaceAll('/', '.');
  return module !== '' && pathOf(project, module) === path ? module : null;
}

function pathsFrom(folder: string, files: readonly ProjectFile[]): string[] {
  return files.flatMap(({ path }) => (path.startsWith(folder) ? [path.slice(folder.length)] : []));
}

/** The class behind `module.name`, when the script has run up to the load. */
export function classAt(project: Project, module: string, name: string): ProjectClass | null {
  const path = module === '__main__' ? project.script : pathOf(project, module);
  const defines = project.files.find((file) => file.path === path)?.defines ?? null;
  if (defines?.className === name) return defines;
  return path === project.script && project.className === name ? (homeOf(project)?.defines ?? null) : null;
}

/** Runs `import takes`, or `from takes import className`: raises what Python raises. */
export function runImport(project: Project, directory: string, how: 'module' | 'name'): 'class' | 'module' {
  const { script, takes, className, files } = project;
  if (takes === null || takes === '__main__') return 'class';
  const folder = folderOf(script);
  if (how === 'module') {
    findModule(pathsFrom(folder, files), takes);
    return 'module';
  }
  const names = new Map(
    files.flatMap(({ path, defines }): [string, string[]][] =>
      path.startsWith(folder) ? [[path.slice(folder.length), defines ? [defines.className] : []]] : [],
    ),
  );
  return importFrom({
    module: takes,
    name: className,
    files: names,
    script: script.slice(folder.length),
    directory: `${directory}/${folder}`.replace(/\/$/, ''),
  });
}

function inOrder(files: Iterable<ProjectFile>): ProjectFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}
