/** max(x, 0), as PyTorch has it: nan stays nan, -0 stays -0, and at 0 no gradient flows. */
import { unary } from './elementwise';

export const relu = unary<'relu'>({
  apply(x, out) {
    for (let i = 0; i < out.length; i++) out[i] = x[i] < 0 ? 0 : x[i];
  },
  gradient({ builder, inputs: [x], output, grad }) {
    const zero = builder.scalar(0);
    const source = builder.node(grad);
    if (source.op === 'maxPoolGradient' && source.inputs[0] === output) {
      // What a pool sends back lies at the largest elements alone, so it is stopped before it spreads.
      const [, largest, poolGrad] = source.inputs;
      const passed = builder.where(builder.greater(largest, zero), poolGrad, zero);
      return builder.maxPoolGradient(output, largest, passed, source.attributes);
    }
    return builder.where(builder.greater(x, zero), grad, zero);
  },
});
