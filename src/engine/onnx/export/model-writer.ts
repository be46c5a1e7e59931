/** A model under construction: nodes in order, initializers by name, each written once. */
import type { Shape, Tensor } from '../../../torch/tensor';
import { readFloat32 } from '../../tensors';
import {
  type AttributeValue,
  floatTensor,
  graphProto,
  int64Tensor,
  modelBytes,
  type NodeProto,
  nodeProto,
  type TensorProto,
  valueInfo,
} from '../model';

/** What the batch axis is called: a model takes any number of rows. */
const BATCH = 'N';

export class ModelWriter {
  private readonly nodes: NodeProto[] = [];
  private readonly initializers = new Map<string, TensorProto>();
  private readonly keys: ReadonlyMap<Tensor, string>;

  /** `keys` names tensors as the state_dict does. */
  constructor(keys: ReadonlyMap<Tensor, string>) {
    this.keys = keys;
  }

  /** The name of the node's only result. */
  node(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const name = `${opType}_${this.nodes.length}`;
    this.nodes.push(nodeProto(opType, inputs, [name], attributes));
    return name;
  }

  /** A parameter or buffer, under its state_dict key. */
  tensor(tensor: Tensor): string {
    const key = this.keys.get(tensor);
    if (key === undefined) throw new Error('a tensor of another network');
    return this.once(key, () => floatTensor(key, tensor.shape, readFloat32(tensor)));
  }

  floats(values: Float32Array, shape: Shape): string {
    const name = `constant_${this.initializers.size}`;
    return this.once(name, () => floatTensor(name, shape, values));
  }

  filled(value: number, shape: Shape): string {
    return this.floats(new Float32Array(shape.reduce((n, d) => n * d, 1)).fill(value), shape);
  }

  integers(values: readonly number[]): string {
    const name = `integers_${values.join('_')}`;
    return this.once(name, () => int64Tensor(name, values));
  }

  /** The model from `input` to `result`, which becomes `output`. */
  bytes(name: string, input: Shape, output: Shape, result: string): Uint8Array<ArrayBuffer> {
    const open = ([, ...rest]: Shape): (number | string)[] => [BATCH, ...rest];
    return modelBytes(
      graphProto(name, {
        input: [valueInfo('input', open(input))],
        output: [valueInfo('output', open(output))],
        node: [...this.nodes, nodeProto('Identity', [result], ['output'])],
        initializer: [...this.initializers.values()],
      }),
    );
  }

  private once(name: string, make: () => TensorProto): string {
    if (!this.initializers.has(name)) this.initializers.set(name, make());
    return name;
  }
}
