/** What an unpickler needs from outside: storages by persistent id, classes, and where warnings go. */
import type { PyGlobal, PyValue } from '../../python/values';
import type { Warning } from '../../warnings';

export type { Warning };

export interface PickleHost {
  /** The object a persistent id stands for. */
  persistentLoad(id: PyValue): PyValue;
  /** An instance without `__init__`, of a class that `find` or the caller's allow-list gave; `null` for any other. */
  instantiate(cls: PyGlobal): PyValue | null;
  warn(warning: Warning): void;
}

/** For `weights_only=False`: names are resolved, against a closed table. */
export interface GlobalsHost extends PickleHost {
  /** `Unpickler.find_class`: raises AttributeError, ModuleNotFoundError, or a Refusal. */
  findClass(module: string, name: string, protocol: number): PyValue;
}
