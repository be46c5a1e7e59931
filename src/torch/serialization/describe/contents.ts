/** The tensors of a described value, and the modules they belong to: one walk through it, bounded, since a value may be endless. */
import { numelOf } from '../../tensor';
import { commonEntries } from '../pickle/module-dict';
import { limits } from '../refusal';
import { limitFault } from './faults';
import type { DescribedCall, DescribedGlobal, DescribedTensor, DescribedValue } from './pickle-types';
import { cut, pythonText } from './python-text';
import type { FileFault, ModuleNode, TensorEntry } from './types';

export interface Contents {
  readonly tensors: readonly TensorEntry[];
  /** Modules that lie no deeper than a dict of a checkpoint, by the value they are. */
  readonly modules: ReadonlyMap<DescribedValue, ModuleNode>;
  readonly faults: readonly FileFault[];
}

/** Where a walk is: what leads there, and what the tensor there is to the module around it. */
interface Place {
  readonly path: readonly (string | number)[];
  readonly role: TensorEntry['role'];
}

export function contentsOf(
  root: DescribedValue,
  faultOf: (tensor: DescribedTensor) => FileFault | null,
): Contents {
  const walk = new Walk(faultOf);
  walk.visit(root, { path: [], role: 'tensor' });
  return { tensors: walk.tensors, modules: walk.modules, faults: [...walk.met].map(limitFault) };
}

class Walk {
  readonly tensors: TensorEntry[] = [];
  readonly modules = new Map<DescribedValue, ModuleNode>();
  readonly met = new Set<'visits' | 'depth'>();
  private readonly faultOf: (tensor: DescribedTensor) => FileFault | null;
  private readonly ancestors = new Set<DescribedValue>();
  /** Containers without a tensor in them: a second look finds none either. */
  private readonly empty = new Set<DescribedValue>();
  private visits = 0;

  constructor(faultOf: (tensor: DescribedTensor) => FileFault | null) {
    this.faultOf = faultOf;
  }

  visit(value: DescribedValue, place: Place): void {
    if (value.kind === 'tensor') this.tensor(value, place);
    else this.inside(value, () => (isModule(value) ? this.module(value, place) : this.parts(value, place)));
  }

  private inside<T>(value: DescribedValue, look: () => T): T | null {
    if (!this.enters(value)) return null;
    const before = this.tensors.length;
    this.ancestors.add(value);
    const found = look();
    this.ancestors.delete(value);
    if (this.tensors.length === before) this.empty.add(value);
    return found;
  }

  /** False for what holds nothing, for what would never end, and once a limit is met. */
  private enters(value: DescribedValue): boolean {
    const isContainer = 'items' in value || ['dict', 'object', 'call'].includes(value.kind);
    if (!isContainer || this.ancestors.has(value)) return false;
    if (this.empty.has(value) && !isModule(value)) return false;
    if (this.ancestors.size >= limits.depth) {
      this.met.add('depth');
      return false;
    }
    return this.counts(this.ancestors.size);
  }

  /** What lies deep costs more: its path is as long. */
  private counts(depth: number): boolean {
    this.visits += 1 + (depth >> 2);
    if (this.visits > limits.visits) this.met.add('visits');
    return this.visits <= limits.visits;
  }

  private tensor(value: DescribedTensor, { path, role }: Place): void {
    if (!this.counts(path.length)) return;
    const { dtype, shape, stride, offset, requiresGrad, storage } = value;
    this.tensors.push({
      name: cut(path.join('.'), limits.keptText),
      path,
      role,
      dtype,
      shape,
      numel: numelOf(shape),
      stride,
      offset,
      requiresGrad,
      storage,
      fault: this.faultOf(value),
    });
  }

  private parts(value: DescribedValue, { path }: Place): void {
    const go = (part: DescribedValue, step: string | number): void =>
      this.visit(part, { path: [...path, step], role: 'tensor' });
    if (value.kind === 'dict') for (const [key, item] of value.entries) go(item, stepOf(key));
    else if (value.kind === 'object') {
      if (value.state) this.visit(value.state, { path, role: 'tensor' });
      for (const [i, arg] of value.args.entries()) go(arg, i);
    } else if (value.kind === 'call') {
      for (const [i, arg] of value.args.entries()) go(arg, i);
      for (const { values } of value.updates) for (const [i, item] of values.entries()) go(item, i);
    } else if ('items' in value) for (const [i, item] of value.items.entries()) go(item, i);
  }

  /** In the order of `state_dict()`: parameters, buffers, modules; then what other attributes hold. */
  private module(value: DescribedValue, { path }: Place): ModuleNode {
    const { state, class: cls } = moduleParts(value) as ModuleParts;
    const table = (name: string): readonly (readonly [string, DescribedValue])[] => [
      ...fieldsOf(state.get(name)),
    ];
    const tensors = (name: string, role: TensorEntry['role']) =>
      table(name).map(([key, item]): [string, number] => {
        const before = this.tensors.length;
        this.visit(item, { path: [...path, key], role });
        return [key, item.kind === 'tensor' && this.tensors.length > before ? before : -1];
      });
    const training = state.get('training');
    const node = {
      name: String(path[path.length - 1] ?? ''),
      path: cut(path.join('.'), limits.keptText),
      class: cls,
      training: training?.kind === 'bool' ? training.value : null,
      parameters: tensors('_parameters', 'parameter'),
      buffers: tensors('_buffers', 'buffer'),
      modules: table('_modules').flatMap(([key, item]) =>
        this.submodule(item, { path: [...path, key], role: 'tensor' }),
      ),
      attributes: this.attributes(state, path),
    };
    this.modules.set(value, node);
    return node;
  }

  private submodule(value: DescribedValue, place: Place): ModuleNode[] {
    if (!isModule(value)) {
      this.visit(value, place);
      return [];
    }
    const node = this.inside(value, () => this.module(value, place));
    return node ? [node] : [];
  }

  private attributes(
    state: ReadonlyMap<string, DescribedValue>,
    path: readonly (string | number)[],
  ): (readonly [string, string])[] {
    const own = [...state].filter(([name]) => !commonEntries.has(name));
    for (const [name, value] of own) this.visit(value, { path: [...path, name], role: 'tensor' });
    return own.map(([name, value]) => [cut(name), pythonText(value)] as const);
  }
}

interface ModuleParts {
  readonly class: DescribedGlobal;
  readonly state: ReadonlyMap<string, DescribedValue>;
}

/** An instance with the tables every nn.Module has. */
export function isModule(value: DescribedValue): boolean {
  return moduleParts(value) !== null;
}

/** Of a class that a name gives, or one that a call would give: a class in a class is `getattr(Outer, 'Inner')`. */
function moduleParts(value: DescribedValue): ModuleParts | null {
  const isObject = value.kind === 'object';
  const given = isObject ? value.state : value.kind === 'call' ? builtState(value) : null;
  const state = fieldsOf(given);
  if (!state.has('_parameters') || !state.has('_modules')) return null;
  return { class: isObject ? value.class : { module: '', name: '', verdict: 'computed' }, state };
}

function builtState({ updates }: DescribedCall): DescribedValue | null {
  return updates.length === 1 && updates[0].opcode === 'BUILD' ? updates[0].values[0] : null;
}

function stepOf(key: DescribedValue): string | number {
  if (key.kind === 'str') return cut(key.value, 1000);
  return key.kind === 'int' && /^\d{1,15}$/.test(key.text) ? Number(key.text) : pythonText(key);
}

/** Entries of a dict whose keys are text. */
export function fieldsOf(value: DescribedValue | null | undefined): ReadonlyMap<string, DescribedValue> {
  const fields = new Map<string, DescribedValue>();
  if (value?.kind !== 'dict') return fields;
  for (const [key, item] of value.entries) if (key.kind === 'str') fields.set(key.value, item);
  return fields;
}
