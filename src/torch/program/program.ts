/**
 * The program that loads a file, as a value: which classes exist in which of its modules, and what Python says when a file
 * names one that does not. Loading never runs anything: names are looked up here and nowhere else.
 */
import { PythonError } from '../errors';
import { strRepr } from '../python/repr';
import { PyGlobal } from '../python/values';
import type { ClassSpec } from './class-spec';
import { findModule, hasTop, locate } from './imports';
import { importable, nnClasses } from './torch-names';

export interface ProgramSource {
  /** Classes defined in the script that runs, `__main__`. */
  readonly main?: readonly ClassSpec[];
  /** Python files beside it, by path from its folder: `train.py`, `src/train.py`, `src/__init__.py`. */
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
  /** The script among the files, where it is one of them. */
  readonly script?: string;
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

export class Program {
  private readonly source: ProgramSource;
  private readonly files: ReadonlyMap<string, readonly ClassSpec[]>;

  constructor(source: ProgramSource = {}) {
    this.source = source;
    this.files = source.files ?? new Map();
  }

  /** The definition of a class that `findClass` gave. */
  specOf({ module, name }: PyGlobal): ClassSpec | undefined {
    const found = module === '__main__' ? null : locate(this.files.keys(), module);
    if (found && 'missing' in found) return undefined;
    return this.definedIn(found?.file).findLast(({ className }) => className === name);
  }

  /** `undefined` stands for the script that runs. */
  private definedIn(file: string | null | undefined): readonly ClassSpec[] {
    if (file === undefined) return this.source.main ?? [];
    return (file !== null && this.files.get(file)) || [];
  }

  /**
   * `getattr(import_module(module), name)`, as the unpickler does it. The result carries the module that defines the class.
   * Raises ModuleNotFoundError or AttributeError in Python's words, UnknownGlobal for what exists outside this program.
   */
  findClass(module: string, name: string): PyGlobal {
    const top = module.split('.')[0];
    const wanted = this.source.aliases?.get(module) ?? (module === '__mp_main__' ? '__main__' : module);
    const isMain = wanted === '__main__';
    if (!isMain && top === 'torch' && wanted === module) return this.torchName(module, name);
    if (!isMain && !hasTop(this.files.keys(), top) && importable.has(top))
      throw new UnknownGlobal(module, name);
    const file = isMain ? undefined : findModule(this.files.keys(), wanted).file;
    const found = this.namesIn(wanted, file).get(name);
    if (found) return found;
    if (this.isImported(`${wanted}.${name}`)) throw notAType();
    throw this.missing(wanted, this.reprOf(wanted, file), name);
  }

  /** Classes a module has names for. The script has what it imports too, also where it is run again as a module. */
  private namesIn(module: string, file: string | null | undefined): Map<string, PyGlobal> {
    const { fromImports = [], script } = this.source;
    const names = new Map(
      this.definedIn(file).map(({ className }) => [className, new PyGlobal(module, className)]),
    );
    if (file !== undefined && file !== script) return names;
    for (const [from, name] of fromImports) {
      const cls = new PyGlobal(from, name);
      if (this.specOf(cls)) names.set(name, cls);
    }
    return names;
  }

  /** A module below another is one of its attributes from the moment it is imported. */
  private isImported(module: string): boolean {
    return (this.source.fromImports ?? []).some(([from]) => from === module || from.startsWith(`${module}.`));
  }

  private reprOf(module: string, file: string | null | undefined): string {
    const { directory = '/home/you/project', mainRepr = "<module '__main__'>" } = this.source;
    if (file === undefined) return mainRepr;
    const loader = '<_frozen_importlib_external.NamespaceLoader object at 0x7f0000000000>';
    return `<module '${module}' ${file === null ? `(${loader})` : `from '${directory}/${file}'`}>`;
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

/** What a pickle names to make an object of, where it is a module (Modules/_pickle.c, `load_newobj`). */
function notAType(): PythonError {
  return new PythonError('UnpicklingError', 'NEWOBJ class argument must be a type, not module');
}
