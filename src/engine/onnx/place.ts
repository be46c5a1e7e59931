/** Where a primitive's operators stand in a model: what the table of operators is given to write them. */
import type { Shape } from '../../torch/tensor';
import type { OpAttributes, OpName } from '../graph/graph';
import { type AttributeValue, type NodeProto, nodeProto } from './model';

/** What runs the model: they differ in what they have, and in what they do fast. */
export type Provider = 'wasm' | 'webgpu';

export interface Place<K extends OpName> {
  /** Names of the operands. */
  readonly inputs: readonly string[];
  readonly shapes: readonly Shape[];
  /** Name of the value to write; names of values in between begin with it. */
  readonly output: string;
  readonly shape: Shape;
  readonly attributes: OpAttributes[K];
  readonly provider: Provider;
  /** `false` for a comparison that only decides a `where`. */
  readonly isNumber: boolean;
  /** Name of an int64 initializer with these values. */
  integers(values: readonly number[]): string;
  /** Name of a float32 initializer with these values. */
  floats(values: Float32Array, shape: Shape): string;
}

export type Writer<K extends OpName> = (place: Place<K>) => readonly NodeProto[];

/** ONNX compares to booleans; this is what the boolean under a comparison's number is called. */
export function truthOf(comparison: string): string {
  return `${comparison}:bool`;
}

/** Several operators for one primitive: each `add` names its result, `finish` gives the last one the primitive's name. */
export class Chain {
  private readonly nodes: NodeProto[] = [];
  private readonly output: string;

  constructor(output: string) {
    this.output = output;
  }

  add(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const name = `${this.output}:${this.nodes.length}`;
    this.nodes.push(nodeProto(opType, inputs, [name], attributes));
    return name;
  }

  finish(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): readonly NodeProto[] {
    return [...this.nodes, nodeProto(opType, inputs, [this.output], attributes)];
  }
}
