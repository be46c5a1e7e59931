/**
 * Sigmoid and softmax that keep what is not a number, as PyTorch does: on WebGPU exp and onnxruntime-web's own
 * operators give 0 for nan and for a row of -inf.
 */
import { Chain, type Writer } from './place';

export const sigmoid: Writer<'sigmoid'> = ({ inputs: [x], output }) => {
  const chain = new Chain(output);
  return chain.finish('Where', keepingNan(chain, 'Sigmoid', x));
};

/** exp(x - max(x)) over its sum */
export const softmax: Writer<'softmax'> = ({ inputs: [x], output, attributes: { axis }, integers }) => {
  const chain = new Chain(output);
  const axes = integers([axis]);
  const largest = chain.add('ReduceMax', [x, axes], { keepdims: 1n });
  const shifted = chain.add('Sub', [x, largest]);
  const exponentials = chain.add('Where', keepingNan(chain, 'Exp', shifted));
  return chain.finish('Div', [exponentials, chain.add('ReduceSum', [exponentials, axes], { keepdims: 1n })]);
};

/** What a Where has to choose from: nan is the only number that does not equal itself. */
function keepingNan(chain: Chain, opType: string, x: string): readonly string[] {
  return [chain.add('Equal', [x, x]), chain.add(opType, [x]), x];
}
