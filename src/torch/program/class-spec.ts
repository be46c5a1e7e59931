/** `class Net(nn.Module)` as a value: what its `__init__` assigns and what its `forward` calls. */
import type { PyValue } from '../python/values';

/** `self.<attribute> = nn.<kind>(*args, **kwargs)`; containers hold `children` instead of arguments. */
export interface LayerSpec {
  readonly attribute: string;
  readonly kind: string;
  readonly args: readonly PyValue[];
  readonly kwargs: ReadonlyMap<string, PyValue>;
  /** Set where `kind` is another of the learner's classes: `self.b1 = Block()`; `null` when there is no such class. */
  readonly of?: ClassSpec | null;
  /** Of a Sequential or ModuleList; their attributes are `0`, `1`, ... */
  readonly children?: readonly LayerSpec[];
}

/** One line of `forward`: an attribute to call (`x = self.fc1(x)`), or a function. */
export type ForwardStep = { readonly call: string } | { readonly apply: 'F.relu' | 'flatten' };

export interface ClassSpec {
  readonly className: string;
  readonly layers: readonly LayerSpec[];
  /** Absent from a class that defines no `forward`. */
  readonly forward?: readonly ForwardStep[];
  /** `self.a.weight = self.b.weight`, as dotted names `[target, source]`. */
  readonly ties?: readonly (readonly [string, string])[];
  /** Plain attributes assigned after the layers. */
  readonly attributes?: ReadonlyMap<string, PyValue>;
  /** `self.register_buffer(name, torch.tensor(values))`. */
  readonly buffers?: readonly (readonly [string, readonly number[]])[];
  /** False for `class Net:`, which is no nn.Module. */
  readonly isModule?: boolean;
}
