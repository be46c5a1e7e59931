/** Parameters of functions that have one signature (ATen/native/native_functions.yaml); a method lacks the first. */
import type { Parameter } from './arg-parser';

const input: Parameter = { name: 'input', type: 'Tensor' };
const dtype: Parameter = { name: 'dtype', type: 'dtype', default: null };

export const signatures = {
  exp: [input],
  log: [input],
  sqrt: [input],
  relu: [input],
  sigmoid: [input],
  tanh: [input],
  neg: [input],
  clone: [input],
  t: [input],
  matmul: [input, { name: 'other', type: 'Tensor' }],
  mul: [input, { name: 'other', type: 'Scalar' }],
  requires_grad_: [input, { name: 'requires_grad', type: 'bool', default: true }],
  flatten: [
    input,
    { name: 'start_dim', type: 'int', default: 0 },
    { name: 'end_dim', type: 'int', default: -1 },
  ],
  softmax: [input, { name: 'dim', type: 'int' }, dtype],
  log_softmax: [input, { name: 'dim', type: 'int' }, dtype],
} as const satisfies Readonly<Record<string, readonly Parameter[]>>;
