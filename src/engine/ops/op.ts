/** What a primitive is: how its shape follows, how the TypeScript level computes it, how gradients pass through it. */
import type { Shape } from '../../torch/tensor';
import type { GraphBuilder } from '../graph/builder';
import type { OpAttributes, OpName, ValueId } from '../graph/graph';

/** float32 when a page runs it; float64 lets a test compare gradients with finite differences. */
export type Floats = Float32Array | Float64Array;

/** Row-major values in the memory a plan has given them. */
export interface Operand {
  readonly data: Floats;
  readonly shape: Shape;
}

export interface GradientContext<K extends OpName> {
  readonly builder: GraphBuilder;
  readonly attributes: OpAttributes[K];
  readonly inputs: readonly ValueId[];
  readonly output: ValueId;
  /** Gradient of the output. Its shape is the output's or broadcasts to it. */
  readonly grad: ValueId;
}

export interface Op<K extends OpName> {
  /** Throws where the inputs do not fit: a graph that could not run is not built. */
  shape(inputs: readonly Shape[], attributes: OpAttributes[K]): Shape;
  /**
   * Binds the kernel to its memory; calling the result computes the output from what the inputs hold then.
   * An output that only renames its input's elements (`alias`) shares its memory, and its kernel does nothing.
   */
  kernel(inputs: readonly Operand[], output: Operand, attributes: OpAttributes[K]): () => void;
  /** A gradient for each input, in a shape that broadcasts to the input's, or `null` where none flows. */
  gradient(context: GradientContext<K>): readonly (ValueId | null)[];
  readonly alias?: boolean;
}
