/** What can be done to the files of a project. What the script imports follows its file, as in an editor that renames. */
import { importable } from '../torch/program/torch-names';
import { copyName } from './file-names';
import { keywords } from './load-program';
import {
  folderOf,
  moduleOf,
  modulePath,
  type Project,
  type ProjectClass,
  type ProjectFile,
  pathOf,
} from './project';

const NEW = 'new.py';
const limits = { files: 12, path: 60, folders: 2 } as const;

/** Under another path: renamed, in another folder, or both. */
export function withMoved(project: Project, from: string, to: string): Project {
  const files = project.files.map((file) => (file.path === from ? { ...file, path: to } : file));
  if (from === project.script) return { ...project, script: to, files };
  const moved = { ...project, files };
  const { takes } = project;
  if (takes === null || takes === '__main__' || pathOf(project, takes) !== from) return moved;
  return { ...moved, takes: moduleOf(moved, to) ?? takes };
}

/** The script itself stays. */
export function without(project: Project, path: string): Project {
  if (path === project.script) return project;
  return { ...project, files: project.files.filter((file) => file.path !== path) };
}

/** A new file that defines nothing yet. */
export function withFile(project: Project, path: string): Project {
  return { ...project, files: [...project.files, { path, defines: null }] };
}

/** A path that is free: `new.py`, `new_1.py`. */
export function newPath({ files }: Project): string {
  const taken = files.map(({ path }) => path);
  return taken.includes(NEW) ? copyName(NEW, taken) : NEW;
}

/** Another class in a file, or none. */
export function withClass(project: Project, path: string, defines: ProjectClass | null): Project {
  const before = project.files.find((file) => file.path === path)?.defines ?? null;
  const files = project.files.map((file): ProjectFile => (file.path === path ? { path, defines } : file));
  const { script, takes, className } = project;
  if (path === script) {
    const none = takes === '__main__' ? null : takes;
    return {
      ...project,
      files,
      takes: defines ? '__main__' : none,
      className: defines?.className ?? className,
    };
  }
  const isTaken =
    takes !== null && pathOf(project, takes) === path && before?.className === project.className;
  return { ...project, files, className: (isTaken && defines?.className) || className };
}

/** What the script imports its class from; `null` for nothing. It no longer defines one itself. */
export function withImport(project: Project, takes: string | null): Project {
  const files = project.files.map((file) =>
    file.path === project.script ? { ...file, defines: null } : file,
  );
  return { ...project, files, takes };
}

function isName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !keywords.has(name) && name !== '__main__';
}

/** Why a file cannot have this path. */
export type PathFault =
  /** No name Python can import. */
  | 'form'
  /** The name of a module of Python or PyTorch, which would break every import of it. */
  | 'python'
  | 'taken';

/** `from` is the file that is to have it, `null` for a new one. */
export function pathFault({ files }: Project, path: string, from: string | null): PathFault | null {
  const names = path.replace(/\.py$/, '').split('/');
  const isPath =
    path.endsWith('.py') &&
    path.length <= limits.path &&
    names.length <= limits.folders + 1 &&
    names.every(isName);
  if (!isPath) return 'form';
  if (names.some((name) => importable.has(name))) return 'python';
  return path !== from && files.some((file) => file.path === path) ? 'taken' : null;
}

/** Why the script cannot import its class from there: `self` would go round in a circle. */
export function moduleFault({ script }: Project, module: string): 'form' | 'python' | 'self' | null {
  const names = module.split('.');
  if (!names.every(isName) || module.length > limits.path) return 'form';
  if (importable.has(names[0])) return 'python';
  return folderOf(script) + modulePath(module) === script ? 'self' : null;
}

export function hasRoom({ files }: Project): boolean {
  return files.length < limits.files;
}

/** A name Python takes for a class. */
export function isClassName(text: string): boolean {
  return /^[A-Za-z_]\w{0,31}$/.test(text) && !keywords.has(text);
}
