/** The names and objects a file may use when it is loaded: torch's own from a closed table, the learner's from the program. */
import { classesByPath } from '../nn/registry';
import { type Program, UnknownGlobal } from '../program/program';
import { UserModule } from '../program/user-module';
import { PyGlobal, PyObject, type PyValue } from '../python/values';
import type { GlobalsHost, Warning } from './pickle/host';
import { allowedGlobals, mapName, storageClasses } from './pickle/names';
import { numpyNames } from './pickle/numpy';
import { Refusal } from './refusal';

/** Functions a model may keep as an attribute (`self.act = F.relu`): values, never called by a pickle. */
const functions: ReadonlySet<string> = new Set([
  ...'relu relu_ gelu silu mish elu selu leaky_relu softplus softmax log_softmax sigmoid tanh logsigmoid hardswish'
    .split(' ')
    .map((name) => `torch.nn.functional.${name}`),
  ...'gelu softplus log_sigmoid'.split(' ').map((name) => `torch._C._nn.${name}`),
  ...'relu sigmoid tanh softmax log_softmax flatten'.split(' ').map((name) => `torch.${name}`),
]);

/** Python's own containers: what optimizers and settings are made of. Calling one of them makes a value and nothing else. */
const containers: ReadonlySet<string> = new Set([
  ...'bytes list dict tuple frozenset int float str bool'.split(' ').map((name) => `builtins.${name}`),
  'collections.defaultdict',
]);

export function isFunction({ module, name }: PyGlobal): boolean {
  return functions.has(`${module}.${name}`);
}

export interface HostOptions {
  readonly program: Program;
  persistentLoad(id: PyValue): PyValue;
  warn(warning: Warning): void;
  /** Every global of the file, for a refusal to name. */
  allGlobals(): readonly string[];
}

export function loadHost({ program, persistentLoad, warn, allGlobals }: HostOptions): GlobalsHost {
  return {
    persistentLoad,
    warn,
    instantiate(cls) {
      const layer = classesByPath.get(`${cls.module}.${cls.name}`);
      if (layer) return new layer();
      const spec = program.specOf(cls);
      if (!spec) return null;
      return spec.isModule === false ? new PyObject(cls) : new UserModule(spec, cls.module);
    },
    findClass(module, name, protocol) {
      // torch.load never imports a legacy storage class, whatever module the file gives it.
      if (storageClasses.has(name)) return new PyGlobal('torch', name);
      const renamed = module === 'torch.tensor' ? 'torch._tensor' : module;
      const [mappedModule, mappedName] = protocol < 3 ? mapName(renamed, name) : [renamed, name];
      const path = `${mappedModule}.${mappedName}`;
      const known = allowedGlobals.get(path);
      if (known !== undefined) return known;
      if ([classesByPath, functions, containers, numpyNames].some((names) => names.has(path)))
        return new PyGlobal(mappedModule, mappedName);
      try {
        return program.findClass(mappedModule, mappedName);
      } catch (error) {
        if (error instanceof UnknownGlobal) throw new Refusal('globals', error.message, allGlobals());
        throw error;
      }
    },
  };
}
