/**
 * `torch.nn.Module` (torch/nn/modules/module.py): a tree of parameters, buffers and submodules with a training flag.
 * A module knows what it is and which shapes it takes; the engine computes its numbers.
 */
import type { DType } from '../dtype';
import { PythonError } from '../errors';
import { pyStr } from '../python/repr';
import { PyDict, type PyValue, toNumber } from '../python/values';
import { type Parameter, type Shape, Tensor } from '../tensor';
import type { Warn } from '../warnings';

export abstract class Module {
  training = true;
  /** Whether `Module.__init__()` has run: a learner's `__init__` may assign before it calls it. */
  initialized = true;
  /** `_parameters`: `null` where a layer was made without it (`bias=False`). */
  readonly parameters = new Map<string, Parameter | null>();
  /** `_buffers` */
  readonly buffers = new Map<string, Tensor | null>();
  /** `_non_persistent_buffers_set`: buffers that no state_dict holds. */
  readonly nonPersistentBuffers = new Set<string>();
  /** `_modules`, in the order they were assigned. */
  readonly modules = new Map<string, Module>();
  /** The rest of `__dict__`, in the order `__init__` sets it: what a whole-model file records of a layer. */
  readonly attributes = new Map<string, PyValue>();
  /** Attributes set before `super().__init__()`: they stand first in `__dict__`. */
  readonly earlyAttributes = new Set<string>();

  /** `type(self).__name__`. */
  abstract readonly className: string;
  /** `type(self).__module__`: `torch.nn.modules.linear`, `__main__`. */
  abstract readonly moduleName: string;

  /** `_version`, recorded in a state_dict's `_metadata`. */
  get version(): number {
    return 1;
  }

  /**
   * Shape that `forward` gives for an input of this shape and dtype. Raises and warns what PyTorch does, in its order,
   * with its side effects (a failing BatchNorm call still counts `num_batches_tracked`) left to the caller that runs it.
   */
  abstract outputShape(input: Shape, dtype?: DType, warn?: Warn): Shape;

  /** Dtype that `forward` gives for an input of this dtype that `outputShape` takes. */
  outputDtype(input: DType): DType {
    return input;
  }

  /** `__setstate__` of its class: adds to an instance that was just filled what an older torch did not write. */
  completeState(): void {}

  /** What stands between the parentheses of `print(module)`. */
  extraRepr(): string {
    return '';
  }

  /** Sets the mode of this module and of everything below it. Raises ValueError for what is no bool. */
  train(mode: PyValue = true): this {
    if (typeof mode !== 'boolean')
      throw new PythonError('ValueError', 'training mode is expected to be boolean');
    this.requireInit('_modules');
    this.training = mode;
    for (const child of this.modules.values()) child.train(mode);
    return this;
  }

  eval(): this {
    return this.train(false);
  }

  /** Depth first, itself first under the name `''`; a module that occurs twice is given once. */
  *namedModules(prefix = '', seen = new Set<Module>()): IterableIterator<[string, Module]> {
    if (seen.has(this)) return;
    seen.add(this);
    yield [prefix, this];
    this.requireInit('_modules');
    for (const [name, child] of this.modules) {
      yield* child.namedModules(prefix === '' ? name : `${prefix}.${name}`, seen);
    }
  }

  /** Each parameter once, under its first name. */
  *namedParameters(): IterableIterator<[string, Parameter]> {
    const seen = new Set<Parameter>();
    for (const [prefix, module] of this.namedModules()) {
      module.requireInit('_parameters');
      for (const [name, parameter] of module.parameters) {
        if (!parameter || seen.has(parameter)) continue;
        seen.add(parameter);
        yield [prefix === '' ? name : `${prefix}.${name}`, parameter];
      }
    }
  }

  *namedBuffers(): IterableIterator<[string, Tensor]> {
    for (const [prefix, module] of this.namedModules()) {
      module.requireInit('_buffers');
      for (const [name, buffer] of module.buffers) {
        if (buffer) yield [prefix === '' ? name : `${prefix}.${name}`, buffer];
      }
    }
  }

  /** `OrderedDict` of detached tensors on the module's own storages, with `_metadata`; ties appear under both names. */
  stateDict(): PyDict {
    this.requireInit('_state_dict_pre_hooks');
    const out = PyDict.ordered();
    const metadata = PyDict.ordered();
    const walk = (module: Module, prefix: string): void => {
      metadata.set(prefix.slice(0, -1), new PyDict([['version', module.version]]));
      for (const group of [module.parameters, module.buffers]) {
        for (const [name, tensor] of group) {
          if (tensor && !module.nonPersistentBuffers.has(name)) out.set(prefix + name, tensor.detach());
        }
      }
      for (const [name, child] of module.modules) walk(child, `${prefix}${name}.`);
    };
    walk(this, '');
    out.attributes = new PyDict([['_metadata', metadata]]);
    return out;
  }

  /** A `__dict__` entry; raises AttributeError as `Module.__getattr__` does when a file lacked it. */
  attribute(name: string): PyValue {
    const value = this.attributes.get(name);
    if (value === undefined) throw this.missing(name);
    return value;
  }

  numberAttribute(name: string): number {
    return toNumber(this.attribute(name));
  }

  /** A submodule by its name; raises AttributeError as `attribute` does. */
  child(name: string): Module {
    const module = this.modules.get(name);
    if (module) return module;
    throw this.missing(name);
  }

  /** An attribute as an `extra_repr` writes it. */
  protected formatted(name: string): string {
    return pyStr(this.attribute(name));
  }

  /** Raises AttributeError where `Module.__init__()` has not made what a method reads. */
  requireInit(name: string): void {
    if (!this.initialized) throw this.missing(name);
  }

  protected requireTensor(group: Map<string, Tensor | null>, name: string): Tensor {
    const tensor = group.get(name);
    if (!(tensor instanceof Tensor)) throw this.missing(name);
    return tensor;
  }

  private missing(name: string): PythonError {
    return new PythonError('AttributeError', `'${this.className}' object has no attribute '${name}'`);
  }
}

/** torch/nn/modules/module.py, _forward_unimplemented */
export function missingForward(module: Module): PythonError {
  return new PythonError(
    'NotImplementedError',
    `Module [${module.className}] is missing the required "forward" function`,
  );
}
