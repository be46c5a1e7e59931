/** A layer in plain loops: keeps what its backward needs, and writes over its own arrays at each call. */
export interface Layer {
  readonly parameters: readonly Parameter[];
  forward(x: Float32Array, training: boolean): Float32Array;
  /** Sets the gradients of the parameters; returns that of x, which the first layer need not compute. */
  backward(grad: Float32Array, isFirst: boolean): Float32Array;
}

export interface Parameter {
  readonly values: Float32Array;
  readonly grad: Float32Array;
}

export function parameter(values: Float32Array): Parameter {
  return { values, grad: new Float32Array(values.length) };
}
