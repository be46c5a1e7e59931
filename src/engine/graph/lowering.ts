/** What a layer rule lowers into: a builder, the network's tensors as inputs, and outputs by name. */
import type { Module } from '../../torch/nn/module';
import type { Tensor } from '../../torch/tensor';
import { GraphBuilder } from './builder';
import type { ValueId } from './graph';

/** Parameters and buffers by state_dict key; a tied parameter goes by its first key. */
export function tensorsByKey(root: Module): Map<string, Tensor> {
  return new Map<string, Tensor>([...root.namedParameters(), ...root.namedBuffers()]);
}

export class Lowering {
  readonly builder = new GraphBuilder();
  readonly outputs = new Map<string, ValueId>();
  /** Buffers the forward has moved, by key: their value after it. */
  readonly moved = new Map<string, ValueId>();
  private readonly keys: ReadonlyMap<Tensor, string>;

  constructor(root: Module) {
    this.keys = new Map([...tensorsByKey(root)].map(([key, tensor]) => [tensor, key]));
  }

  keyOf(tensor: Tensor): string {
    const key = this.keys.get(tensor);
    if (key === undefined) throw new Error('a tensor of another network');
    return key;
  }

  /** A parameter or buffer as the graph sees it now: after a call that moved it, its new value. */
  read(tensor: Tensor): ValueId {
    const key = this.keyOf(tensor);
    return this.moved.get(key) ?? this.builder.input(key, tensor.shape);
  }

  move(buffer: Tensor, value: ValueId): void {
    this.moved.set(this.keyOf(buffer), value);
  }
}
