/** `torch.nn.Sequential`, `ModuleList` and `ModuleDict` (torch/nn/modules/container.py). */
import type { DType } from '../dtype';
import { PythonError } from '../errors';
import { sequenceOf } from '../python/arguments';
import { cTypeName } from '../python/type-name';
import { isInt, type PyValue, toNumber } from '../python/values';
import type { Shape } from '../tensor';
import type { Warn } from '../warnings';
import { Module, missingForward } from './module';
import { addModule } from './registration';

/** Its submodules one after the other. */
export class Sequential extends Module {
  static readonly kind = 'Sequential';
  override readonly className = Sequential.kind;
  override readonly moduleName = 'torch.nn.modules.container';

  /**
   * Submodules are named `0`, `1`, ... unless names are given (`Sequential(OrderedDict(...))`). Raises TypeError for what is
   * no Module, KeyError for a name that cannot be.
   */
  static of(children: readonly PyValue[], names?: readonly PyValue[]): Sequential {
    const container = new Sequential();
    for (const [i, child] of children.entries()) addModule(container, names?.[i] ?? String(i), child);
    return container;
  }

  override outputShape(input: Shape, dtype?: DType, warn?: Warn): Shape {
    let shape = input;
    let type = dtype;
    for (const child of this.modules.values()) {
      shape = child.outputShape(shape, type, warn);
      type &&= child.outputDtype(type);
    }
    return shape;
  }

  override outputDtype(input: DType): DType {
    let dtype = input;
    for (const child of this.modules.values()) dtype = child.outputDtype(dtype);
    return dtype;
  }
}

/** A list of submodules that is no layer: it has no forward of its own. */
export class ModuleList extends Module {
  static readonly kind = 'ModuleList';
  override readonly className = ModuleList.kind;
  override readonly moduleName = 'torch.nn.modules.container';

  /** `ModuleList(modules)`. Raises TypeError for what cannot be gone through. */
  static from(modules: PyValue): ModuleList {
    const children =
      sequenceOf(modules) ?? (modules instanceof ModuleList ? [...modules.modules.values()] : null);
    if (children) return ModuleList.of(children);
    throw new PythonError(
      'TypeError',
      `ModuleList.extend should be called with an iterable, but got ${cTypeName(modules)}`,
    );
  }

  /** Raises TypeError for what is no Module. */
  static of(children: readonly PyValue[]): ModuleList {
    const list = new ModuleList();
    for (const [i, child] of children.entries()) addModule(list, String(i), child);
    return list;
  }

  override outputShape(): Shape {
    throw missingForward(this);
  }
}

/** Submodules by name, and no layer either. */
export class ModuleDict extends Module {
  static readonly kind = 'ModuleDict';
  override readonly className = ModuleDict.kind;
  override readonly moduleName = 'torch.nn.modules.container';

  static of(children: Iterable<readonly [PyValue, PyValue]>): ModuleDict {
    const dict = new ModuleDict();
    for (const [name, child] of children) addModule(dict, name, child);
    return dict;
  }

  override outputShape(): Shape {
    throw missingForward(this);
  }
}

/** `nn.Module()` itself, with what was assigned to it. */
export class BareModule extends Module {
  static readonly kind = 'Module';
  override readonly className = BareModule.kind;
  override readonly moduleName = 'torch.nn.modules.module';

  override outputShape(): Shape {
    throw missingForward(this);
  }
}

/** `container[index]`. Raises TypeError for what is no int, IndexError for a place that is not there. */
export function itemOf(container: Sequential | ModuleList, index: PyValue): Module {
  if (!isInt(index)) {
    throw new PythonError('TypeError', `'${cTypeName(index)}' object cannot be interpreted as an integer`);
  }
  const items = [...container.modules.values()];
  const at = toNumber(index);
  if (at < -items.length || at >= items.length)
    throw new PythonError('IndexError', `index ${at} is out of range`);
  return items[at < 0 ? at + items.length : at];
}
