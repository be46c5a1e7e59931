/** The tensors of the friend's model before and after its state_dict was loaded. */
import type { Module } from '../../../torch/nn/module';
import { Parameter, Storage, Tensor } from '../../../torch/tensor';

export type Snapshot = ReadonlyMap<string, Uint8Array>;

export function snapshot(model: Module): Snapshot {
  return new Map(namedTensors(model).map(([name, tensor]) => [name, tensor.storage.bytes.slice()]));
}

/** Keys whose values are no longer those of the snapshot. */
export function changedSince(model: Module, before: Snapshot): string[] {
  return namedTensors(model).flatMap(([name, { storage }]) => {
    const old = before.get(name);
    return old?.every((byte, i) => byte === storage.bytes[i]) ? [] : [name];
  });
}

function namedTensors(model: Module): [string, Tensor][] {
  return [...model.stateDict()].flatMap(([key, value]) =>
    value instanceof Tensor ? [[String(key), value] as [string, Tensor]] : [],
  );
}

/** The same model without data: `model.to("meta")`. */
export function onMeta<M extends Module>(model: M): M {
  return moved(model, ({ dtype }) => new Storage(dtype, new Uint8Array(0), 'meta'));
}

/** The same model with its tensors on a device: `model.to("cuda:0")`. */
export function onDevice<M extends Module>(model: M, device: string): M {
  return moved(model, ({ dtype, bytes }) => new Storage(dtype, bytes, device));
}

function moved<M extends Module>(model: M, to: (storage: Storage) => Storage): M {
  for (const [, { parameters, buffers }] of model.namedModules()) {
    for (const [name, one] of parameters)
      if (one) parameters.set(name, new Parameter(new Tensor(to(one.storage), one.shape)));
    for (const [name, one] of buffers) if (one) buffers.set(name, new Tensor(to(one.storage), one.shape));
  }
  return model;
}
