/** `loss.backward()` and `optimizer.step()`. */
import { backward as propagate } from '../../torch/autograd/backward';
import { bumpVersion, checkInPlace } from '../../torch/autograd/in-place';
import { dtypes } from '../../torch/dtype';
import { copyInto } from '../../torch/elements';
import { NotBuilt, PythonError } from '../../torch/errors';
import { Adam } from '../../torch/optim/adam';
import { numberOption, type Optimizer } from '../../torch/optim/optimizer';
import { cTypeName } from '../../torch/python/type-name';
import type { PyValue } from '../../torch/python/values';
import { numelOf, Tensor } from '../../torch/tensor';
import { cast } from '../../torch/to';
import { GraphBuilder } from '../graph/builder';
import { names } from '../graph/names';
import { optimizerRuleOf } from '../graph/optimizers';
import type { Slot } from '../graph/optimizers/rule';
import type { Floats } from '../ops/op';
import { compute, precisionOf, run, tensorOf, valuesOf } from './compute';
import type { Eager } from './eager';

/** `root.backward(gradient, retain_graph)` */
export function backward(root: Tensor, gradient: PyValue = null, retainGraph = false): void {
  if (gradient !== null && !(gradient instanceof Tensor))
    throw new PythonError('TypeError', `'${cTypeName(gradient)}' object is not iterable`);
  propagate(root, gradient, retainGraph, { ones, add, copy: (tensor, like) => cast(tensor, like.dtype) });
}

function ones({ shape, dtype }: Tensor): Tensor {
  return tensorOf(new Float64Array(numelOf(shape)).fill(1), shape, dtype);
}

function add(a: Tensor, b: Tensor): Tensor {
  const precision = precisionOf([a.dtype, b.dtype]);
  const sum = compute((builder, [x, y]) => builder.add(x, y), [valuesOf(a), valuesOf(b)], precision);
  return tensorOf(sum, a.shape, a.dtype);
}

/** `optimizer.step()`: every parameter that has a gradient, in place. */
export function step(eager: Eager, optimizer: Optimizer): void {
  for (const [groupIndex, group] of optimizer.paramGroups.entries()) {
    for (const [i, parameter] of group.params.entries()) {
      const key = String(i);
      // Each parameter is a graph of its own, so it leads itself.
      const slot: Slot = { parameter, key, lead: key, group, groupIndex };
      if (parameter.grad) stepOne(eager, optimizer, slot, parameter.grad);
    }
  }
}

function stepOne(eager: Eager, optimizer: Optimizer, slot: Slot, grad: Tensor): void {
  const { parameter, key, group, groupIndex } = slot;
  const leave = eager.gradMode.enter('no_grad');
  try {
    checkState(optimizer, parameter, grad);
    checkInPlace(parameter, eager.gradMode);
  } finally {
    leave();
  }
  if (parameter.dtype !== 'float32') throw new NotBuilt(`a step of ${parameter.dtype}`);
  const rule = optimizerRuleOf(optimizer);
  const builder = new GraphBuilder();
  const update = rule.lower(slot, builder.input(names.grad(key), grad.shape), builder);
  const graph = builder.finish(new Map([[names.next(key), update.value], ...update.state]));
  const feeds = new Map<string, Floats>(
    rule.perStep(slot, optimizer, 0).map(([name, value]) => [name, Float64Array.of(value)]),
  );
  feeds.set(key, valuesOf(parameter).data).set(names.grad(key), valuesOf(grad).data);
  feeds.set(names.lr(groupIndex), Float64Array.of(numberOption(group, 'lr')));
  for (const name of update.state.keys()) {
    const own = optimizer.state.get(parameter)?.get(name);
    feeds.set(names.optimizerState(name, key), own ? valuesOf(own).data : new Float32Array(parameter.numel));
  }
  const results = run(graph, feeds, Float32Array);
  rule.count?.(slot, optimizer, 1);
  for (const name of update.state.keys())
    optimizer
      .stateTensor(parameter, name)
      .float32Data()
      .set(results.get(name) as Floats);
  copyInto(parameter, tensorOf(results.get(names.next(key)) as Floats, parameter.shape, parameter.dtype));
  for (let write = 0; write < optimizer.writesOf(group); write++) bumpVersion(parameter);
}

/** Averages kept in the dtype a parameter once had do not take its gradients now (torch/optim/adam.py, `lerp_`). */
function checkState(optimizer: Optimizer, parameter: Tensor, grad: Tensor): void {
  const average = optimizer instanceof Adam ? optimizer.state.get(parameter)?.get('exp_avg') : undefined;
  if (!average || average.dtype === grad.dtype) return;
  throw new PythonError(
    'RuntimeError',
    `expected dtype ${dtypes[average.dtype].cppType} for \`end\` but got dtype ${dtypes[grad.dtype].cppType}`,
  );
}
