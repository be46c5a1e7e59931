/** `copy.deepcopy(module)`: a network of its own, to be run without touching the first. */
import { PyDict, type PyValue } from '../python/values';
import { Parameter, Storage, Tensor } from '../tensor';
import { Module } from './module';

/** Modules, tensors, storages, lists and dicts that were shared are shared in the copy too. */
export function cloneModule<M extends Module>(module: M): M {
  return cloneWith(module, new Map());
}

type Memo = Map<object, object>;

function once<T extends object>(memo: Memo, original: T, copy: () => T): T {
  const known = memo.get(original);
  if (known) return known as T;
  const made = copy();
  memo.set(original, made);
  return made;
}

function cloneWith<M extends Module>(module: M, memo: Memo): M {
  return once(memo, module, () => {
    const tensors = <T extends Tensor>(group: ReadonlyMap<string, T | null>) =>
      new Map([...group].map(([name, tensor]) => [name, tensor && cloneTensor(tensor, memo)] as const));
    // Subclasses differ in what their constructors take; fields and prototype are all an instance is.
    return Object.assign(Object.create(Object.getPrototypeOf(module)) as M, module, {
      parameters: tensors(module.parameters),
      buffers: tensors(module.buffers),
      modules: new Map([...module.modules].map(([name, child]) => [name, cloneWith(child, memo)] as const)),
      attributes: new Map(
        [...module.attributes].map(([name, value]) => [name, cloneValue(value, memo)] as const),
      ),
    });
  });
}

/** What nothing can change is itself its copy. */
function cloneValue(value: PyValue, memo: Memo): PyValue {
  if (value instanceof Tensor) return cloneTensor(value, memo);
  if (value instanceof Module) return cloneWith(value, memo);
  if (Array.isArray(value)) return once(memo, value, () => value.map((item) => cloneValue(item, memo)));
  if (value instanceof PyDict && value.className === 'dict')
    return once(
      memo,
      value,
      () => new PyDict([...value].map(([key, item]) => [key, cloneValue(item, memo)])),
    );
  return value;
}

function cloneTensor<T extends Tensor>(tensor: T, memo: Memo): T {
  return once(memo, tensor, () => {
    const { storage, shape, stride, offset, dtype, requiresGrad } = tensor;
    const copied = once(
      memo,
      storage,
      () => new Storage(storage.dtype, storage.bytes.slice(), storage.location),
    );
    const view = new Tensor(copied, shape, { stride, offset, dtype, requiresGrad });
    return (tensor instanceof Parameter ? new Parameter(view, requiresGrad) : view) as Tensor as T;
  });
}
