/** One function of tensors at a time, and its gradients: the graph's own primitives, run at once in TypeScript. */
import type { DType } from '../../torch/dtype';
import { elementsOf } from '../../torch/elements';
import { numelOf, type Shape, Storage, Tensor } from '../../torch/tensor';
import { cast } from '../../torch/to';
import { GraphBuilder } from '../graph/builder';
import { gradients } from '../graph/gradients';
import type { Graph, ValueId } from '../graph/graph';
import { names } from '../graph/names';
import type { Floats } from '../ops/op';
import { Plan } from '../reference/plan';

/** Row-major numbers with their shape: of a tensor when they were read, or of a Python number. */
export interface Values {
  readonly shape: Shape;
  readonly data: Floats;
}

/** A function as nodes of a graph. */
export type Lower = (builder: GraphBuilder, inputs: readonly ValueId[]) => ValueId;

/** float32 is computed as everywhere else, any other dtype in float64. */
type Precision = Float32ArrayConstructor | Float64ArrayConstructor;

export function precisionOf(dtypes: readonly DType[]): Precision {
  return dtypes.every((dtype) => dtype === 'float32') ? Float32Array : Float64Array;
}

/** A copy: what is written to the tensor later does not change it. */
export function valuesOf(tensor: Tensor): Values {
  const data = tensor.dtype === 'float32' ? Float32Array : Float64Array;
  return { shape: tensor.shape, data: data.from(elementsOf(tensor).map(Number)) };
}

export function tensorOf(data: Floats, shape: Shape, dtype: DType): Tensor {
  const bytes = new Uint8Array(data.slice().buffer);
  const exact = new Tensor(new Storage(data instanceof Float32Array ? 'float32' : 'float64', bytes), shape);
  return exact.dtype === dtype ? exact : cast(exact, dtype);
}

export function compute(lower: Lower, operands: readonly Values[], precision: Precision): Floats {
  const builder = new GraphBuilder();
  const inputs = inputsOf(builder, operands);
  const graph = builder.finish(new Map([[names.output, lower(builder, inputs)]]));
  return run(graph, feedsOf(operands), precision).get(names.output) as Floats;
}

/** Gradients of the operands that are wanted, from the one of the result, in their shapes. */
export function differentiate(
  lower: Lower,
  operands: readonly Values[],
  upstream: Values,
  wanted: readonly boolean[],
  precision: Precision,
): (Floats | null)[] {
  const builder = new GraphBuilder();
  const inputs = inputsOf(builder, operands);
  const output = lower(builder, inputs);
  const seed = builder.input(names.upstream, upstream.shape);
  const wrt = inputs.filter((_, i) => wanted[i]);
  const outputs = new Map<string, ValueId>();
  for (const [i, grad] of gradients(builder, output, seed, wrt).entries())
    outputs.set(names.gradient(String(inputs.indexOf(wrt[i]))), grad ?? zeros(builder, wrt[i]));
  const feeds = new Map([...feedsOf(operands), [names.upstream, upstream.data] as const]);
  const results = run(builder.finish(outputs), feeds, precision);
  return operands.map((_, i) => results.get(names.gradient(String(i))) ?? null);
}

/** Every output of a graph, from its inputs by name. */
export function run(
  graph: Graph,
  feeds: ReadonlyMap<string, Floats>,
  precision: Precision,
): Map<string, Floats> {
  const plan = new Plan(graph, precision);
  for (const [name, input] of plan.inputs) {
    const values = feeds.get(name);
    if (!values) throw new Error(`nothing is named ${name}`);
    input.set(values);
  }
  plan.run();
  return new Map([...plan.outputs].map(([name, values]) => [name, values.slice()]));
}

function inputsOf(builder: GraphBuilder, operands: readonly Values[]): ValueId[] {
  return operands.map(({ shape }, i) => builder.input(`operand:${i}`, shape));
}

function feedsOf(operands: readonly Values[]): Map<string, Floats> {
  return new Map(operands.map(({ data }, i) => [`operand:${i}`, data]));
}

function zeros(builder: GraphBuilder, like: ValueId): ValueId {
  const shape = builder.shapeOf(like);
  return builder.constant(new Float32Array(numelOf(shape)), shape);
}
