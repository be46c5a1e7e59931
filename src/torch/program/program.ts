/**
 * The program that loads a file, as a value: which classes exist in which of its modules, and what Python says when a file
 * names one that does not. Loading never runs anything: names are looked up here and nowhere else.
 */
import { PythonError } from '../errors';
import { strRepr } from '../python/repr';
import { PyGlobal } from '../python/values';
import type { ClassSpec } from './class-spec';
import { importable, nnClasses } from './torch-names';

export interface ProgramSource {
  /** Classes defined in the script that runs, `__main__`. */
  readonly main?: readonly ClassSpec[];
  /** Python files beside it, by path: `train.py`, `src/train.py`, `src/__init__.py`. */
  readonly files?: ReadonlyMap<string, readonly ClassSpec[]>;
  /** `from train import Net`. */
  readonly fromImports?: readonly (readonly [module: string, name: string])[];
  /** `sys.modules['train'] = src.train`: old name to new. */
  readonly aliases?: ReadonlyMap<string, string>;
  /** 3.14 words a missing class differently. */
  readonly python?: '3.11' | '3.14';
  /** Folder of the script, as it stands in messages. */
  readonly directory?: string;
  readonly sitePackages?: string;
  /** `repr` of `__main__`: bare in Jupyter, with the path in a script. */
  readonly mainRepr?: string;
}

/** A name that Python could import and this program has no meaning for. */
export class UnknownGlobal extends Error {
  readonly module: string;
  readonly qualname: string;
  constructor(module: string, name: string) {
    super(`${module}.${name}`);
    this.module = module;
    this.qualname = name;
  }
}

/** A module of the program: its classes by name, each with the module that defines it. */
interface Namespace {
  readonly repr: string;
  readonly classes: ReadonlyMap<string, PyGlobal>;
}

export class Program {
  private readonly source: ProgramSource;
  private readonly specs = new Map<string, ClassSpec>();
  private readonly namespaces = new Map<string, Namespace>();

  constructor(source: ProgramSource = {}) {
    this.source = source;
    const { directory = '/home/you/project' } = source;
    for (const [path, classes] of source.files ?? []) {
      const module = path.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
      this.namespaces.set(module, {
        repr: `<module '${module}' from '${directory}/${path}'>`,
        classes: this.define(module, classes),
      });
    }
    const main = this.define('__main__', source.main ?? []);
    for (const [module, name] of source.fromImports ?? []) {
      const cls = this.namespaces.get(module)?.classes.get(name);
      if (cls) main.set(name, cls);
    }
    this.namespaces.set('__main__', { repr: source.mainRepr ?? "<module '__main__'>", classes: main });
  }

  private define(module: string, classes: readonly ClassSpec[]): Map<string, PyGlobal> {
    return new Map(
      classes.map((spec) => {
        this.specs.set(`${module}.${spec.className}`, spec);
        return [spec.className, new PyGlobal(module, spec.className)];
      }),
    );
  }

  /** The definition of a class that `findClass` gave. */
  specOf(cls: PyGlobal): ClassSpec | undefined {
    return this.specs.get(`${cls.module}.${cls.name}`);
  }

  /**
   * `getattr(import_module(module), name)`, as the unpickler does it. The result carries the module that defines the class.
   * Raises ModuleNotFoundError or AttributeError in Python's words, UnknownGlobal for what exists outside this program.
   */
  findClass(module: string, name: string): PyGlobal {
    const top = module.split('.')[0];
    const wanted = this.source.aliases?.get(module) ?? (module === '__mp_main__' ? '__main__' : module);
    if (wanted === '__main__')
      return this.attribute(this.namespaces.get('__main__') as Namespace, wanted, name);
    if (top === 'torch' && wanted === module) return this.torchName(module, name);
    if (!this.hasTop(top) && importable.has(top)) throw new UnknownGlobal(module, name);
    return this.attribute(this.importModule(wanted), wanted, name);
  }

  private hasTop(top: string): boolean {
    return [...this.namespaces.keys()].some((name) => name === top || name.startsWith(`${top}.`));
  }

  /** Imports parent by parent (Lib/importlib/_bootstrap.py, `_find_and_load_unlocked`). */
  private importModule(module: string): Namespace {
    const parts = module.split('.');
    for (let depth = 1; depth <= parts.length; depth++) {
      const name = parts.slice(0, depth).join('.');
      const isFolder = [...this.namespaces.keys()].some((known) => known.startsWith(`${name}.`));
      if (this.namespaces.has(name) || isFolder) continue;
      const parent = parts.slice(0, depth - 1).join('.');
      const parentIsFile = depth > 1 && this.source.files?.has(`${parent.replaceAll('.', '/')}.py`);
      const why = parentIsFile ? `; '${parent}' is not a package` : '';
      throw new PythonError('ModuleNotFoundError', `No module named ${strRepr(name)}${why}`);
    }
    const loader = '<_frozen_importlib_external.NamespaceLoader object at 0x7f0000000000>';
    return this.namespaces.get(module) ?? { repr: `<module '${module}' (${loader})>`, classes: new Map() };
  }

  private attribute({ repr, classes }: Namespace, module: string, name: string): PyGlobal {
    const found = classes.get(name);
    if (found) return found;
    throw this.missing(module, repr, name);
  }

  /** Modules/_pickle.c, `getattribute`; 3.14 lets the module's own error through. */
  private missing(module: string, repr: string, name: string): PythonError {
    const text =
      this.source.python === '3.14'
        ? `module '${module}' has no attribute '${name}'`
        : `Can't get attribute '${name}' on ${repr}`;
    return new PythonError('AttributeError', text);
  }

  private torchName(module: string, name: string): PyGlobal {
    const { sitePackages = '/usr/lib/python3/site-packages' } = this.source;
    const repr = (path: string): string => `<module '${module}' from '${sitePackages}/${path}'>`;
    if (module === 'torch' && (name.includes('.') || /(Storage|Tensor)$/.test(name))) {
      throw this.missing(module, repr('torch/__init__.py'), name);
    }
    const inner = /^torch\.nn\.modules\.(\w+)(\..*)?$/.exec(module);
    if (!inner) throw new UnknownGlobal(module, name);
    const [, part, rest] = inner;
    const known = nnClasses(part);
    if (!known || rest) {
      const why = known ? `; 'torch.nn.modules.${part}' is not a package` : '';
      throw new PythonError('ModuleNotFoundError', `No module named ${strRepr(module)}${why}`);
    }
    if (!known.includes(name)) throw this.missing(module, repr(`torch/nn/modules/${part}.py`), name);
    throw new UnknownGlobal(module, name);
  }
}
