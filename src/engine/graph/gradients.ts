/** Reverse mode: adds to a graph the nodes that compute gradients of one of its values. */
import { ops } from '../ops';
import { expandTo } from '../ops/broadcast';
import type { GradientContext, Op } from '../ops/op';
import type { GraphBuilder } from './builder';
import type { OpName, ValueId } from './graph';

/**
 * Gradients of `of` with respect to each of `wrt`, in their shapes; `null` where `of` does not depend on it.
 * `seed` is the gradient of `of` itself and broadcasts to its shape. Gradients stay as small as broadcasting allows
 * until a rule or the end needs them in full, so a bias or a mean costs no expanded copy.
 */
export function gradients(
  builder: GraphBuilder,
  of: ValueId,
  seed: ValueId,
  wrt: readonly ValueId[],
): (ValueId | null)[] {
  const flows = dependents(builder, of, wrt);
  const grads = new Map<ValueId, ValueId>([[of, seed]]);
  for (let value = of; value >= 0; value--) {
    const grad = grads.get(value);
    if (grad === undefined || !flows.has(value)) continue;
    for (const [input, part] of partsOf(builder, value, grad)) {
      if (!flows.has(input)) continue;
      const before = grads.get(input);
      grads.set(input, before === undefined ? part : builder.add(before, part));
    }
  }
  return wrt.map((value) => {
    const grad = flows.has(value) ? grads.get(value) : undefined;
    return grad === undefined ? null : expandTo(builder, grad, builder.shapeOf(value));
  });
}

function* partsOf(builder: GraphBuilder, value: ValueId, grad: ValueId): Generator<[ValueId, ValueId]> {
  const node = builder.node(value);
  if (node.op === 'input' || node.op === 'constant') return;
  const { inputs, attributes } = node;
  const context = { builder, attributes, inputs, output: value, grad } as GradientContext<OpName>;
  const parts = (ops[node.op] as Op<OpName>).gradient(context);
  for (const [i, part] of parts.entries()) if (part !== null) yield [inputs[i], part];
}

/** Values up to `of` that depend on one of `wrt`. */
function dependents(builder: GraphBuilder, of: ValueId, wrt: readonly ValueId[]): Set<ValueId> {
  const found = new Set<ValueId>(wrt);
  for (let value = 0; value <= of; value++) {
    const node = builder.node(value);
    if ('inputs' in node && node.inputs.some((input) => found.has(input))) found.add(value);
  }
  return found;
}
