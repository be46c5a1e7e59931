/**
 * ONNX messages with only the fields Matchbook writes (onnx/onnx.proto; docs/IR.md of onnx/onnx).
 * IR version 10 and operator set 21 go together and are what onnxruntime-web 1.30 knows in full.
 */
import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import type { Shape } from '../../torch/tensor';
import {
  AttributeProto_AttributeType,
  type AttributeProtoSchema,
  type GraphProto,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './onnx.pb.js';

const IR_VERSION = 10n;
const OPSET = 21n;

export const FLOAT = TensorProto_DataType.FLOAT;

export type { GraphProto, NodeProto, TensorProto, ValueInfoProto };

/** A number is a FLOAT, a bigint an INT. */
export type AttributeValue = number | bigint | string | readonly bigint[] | GraphProto;

/** Size of an axis, or the name of one that is known only when the model runs. */
export type Dimensions = readonly (number | string)[];

export function modelBytes(graph: GraphProto): Uint8Array<ArrayBuffer> {
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      opsetImport: [{ domain: '', version: OPSET }],
      producerName: 'Matchbook',
      graph,
    }),
  );
}

export function graphProto(
  name: string,
  parts: Pick<MessageInitShape<typeof GraphProtoSchema>, 'input' | 'output' | 'node' | 'initializer'>,
): GraphProto {
  return create(GraphProtoSchema, { name, ...parts });
}

export function nodeProto(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
): NodeProto {
  return create(NodeProtoSchema, {
    opType,
    input: [...input],
    output: [...output],
    attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  });
}

function attribute(name: string, value: AttributeValue): MessageInitShape<typeof AttributeProtoSchema> {
  if (typeof value === 'number') return { name, type: AttributeProto_AttributeType.FLOAT, f: value };
  if (typeof value === 'string') {
    return { name, type: AttributeProto_AttributeType.STRING, s: new TextEncoder().encode(value) };
  }
  if (typeof value === 'bigint') return { name, type: AttributeProto_AttributeType.INT, i: value };
  if ('$typeName' in value) return { name, type: AttributeProto_AttributeType.GRAPH, g: value };
  return { name, type: AttributeProto_AttributeType.INTS, ints: [...value] };
}

/** A float32 tensor of a graph's inputs or outputs. */
export function valueInfo(name: string, dimensions: Dimensions): ValueInfoProto {
  const dim = dimensions.map((size) =>
    typeof size === 'number'
      ? { value: { case: 'dimValue' as const, value: BigInt(size) } }
      : { value: { case: 'dimParam' as const, value: size } },
  );
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: FLOAT, shape: { dim } } } },
  });
}

export function floatTensor(name: string, shape: Shape, values: Float32Array): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: shape.map(BigInt),
    dataType: FLOAT,
    floatData: [...values],
  });
}

export function int64Tensor(name: string, values: readonly number[]): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: [BigInt(values.length)],
    dataType: TensorProto_DataType.INT64,
    int64Data: values.map(BigInt),
  });
}
