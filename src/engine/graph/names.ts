/**
 * Names of graph inputs and outputs. Parameters and buffers go by their state_dict key (`fc1.weight`); what stands
 * beside them has a prefix. `call` is the path of the called module (`net.0`), with `#2` on its second call.
 */
export const names = {
  /** The batch. */
  x: 'x',
  /** What the loss compares with, as its rule encodes it. */
  target: 'target',
  /** Learning rate of a parameter group, a scalar. */
  lr: (group: number) => `lr:${group}`,
  loss: 'loss',
  /** What the network returns. */
  output: 'output',
  /** A gradient that comes from outside, in the shape of what is differentiated. */
  upstream: 'upstream',
  /** Dropout's multiplier of each element: 0, or 1/(1-p). */
  noise: (call: string) => `noise:${call}`,
  /** BatchNorm's share of this batch in the running average, a scalar. */
  factor: (call: string) => `factor:${call}`,
  activation: (call: string) => `activation:${call}`,
  batchMean: (call: string) => `batch_mean:${call}`,
  /** Biased: what normalises the batch. */
  batchVariance: (call: string) => `batch_var:${call}`,
  /** Of the loss, by input. */
  gradient: (input: string) => `gradient:${input}`,
  /** New value of a state input. */
  next: (input: string) => `next:${input}`,
  /** An optimizer's state beside a parameter: `momentum_buffer:fc1.weight`. */
  optimizerState: (kind: string, key: string) => `${kind}:${key}`,
  /** A scalar of one step that a parameter's update asks for: `scalar:gradient_share:fc1.weight`. */
  optimizerScalar: (kind: string, key: string) => (kind === '' ? 'scalar:' : `scalar:${kind}:${key}`),
  /** A gradient kept from the steps before (no zero_grad). */
  grad: (key: string) => `grad:${key}`,
} as const;
