/** The functions autograd names, as PyTorch recorded them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createLoss } from '../../torch/nn/layer-class';
import { lossClasses } from '../../torch/nn/registry';
import { parseLiterals } from '../../torch/program/literal-json';
import { asList, asObject, rootSpec } from '../../torch/program/spec-json';
import { build } from '../../torch/program/user-module';
import { Generator } from '../../torch/random/generator';
import { numelOf, Tensor } from '../../torch/tensor';
import { silent } from '../../torch/warnings';
import { unary } from './arithmetic';
import { createEager } from './eager';
import { callModule } from './modules';

const recorded = asObject(
  parseLiterals(readFileSync(new URL('./testdata/grad-fns.json', import.meta.url), 'utf8')),
);
const rowsOf = (key: string) =>
  asList(recorded[key]).map((json) => {
    const row = asObject(json);
    const zeros = (name: string): Tensor => {
      const shape = asList(row[name]).map(Number);
      return Tensor.float32(new Float32Array(numelOf(shape)), shape);
    };
    return { row, spec: rootSpec(row.spec), zeros, title: JSON.stringify(json) };
  });

const eager = createEager(new Generator(0), silent);

/** Zeros that came out of a sigmoid, and want a gradient. */
function computed(zeros: Tensor): Tensor {
  zeros.requiresGrad = true;
  return unary(eager, 'sigmoid', zeros);
}

function nameAfter(...[module, ...args]: [Parameters<typeof callModule>[1], ...Tensor[]]): string | null {
  const result = callModule(eager, module, { args, kwargs: new Map() });
  return result instanceof Tensor ? (result.gradFn?.name ?? null) : null;
}

test.each(rowsOf('layers'))('$title', ({ row, spec, zeros }) => {
  const layer = build(spec, new Generator(0)).train(row.training === true);
  expect(nameAfter(layer, zeros('input'))).toBe(row.plain);
  expect(nameAfter(layer, computed(zeros('input')))).toBe(row.after);
});

test.each(rowsOf('losses'))('$title', ({ row, spec, zeros }) => {
  const loss = createLoss(lossClasses.get(spec.kind)!, spec, new Generator(0));
  const target = zeros('target');
  const isClasses = spec.kind === 'CrossEntropyLoss' && String(row.target) !== String(row.input);
  const given = isClasses
    ? Tensor.int64(
        Array.from({ length: target.numel }, () => 0),
        target.shape,
      )
    : target;
  const logits = zeros('input');
  logits.requiresGrad = true;
  expect(nameAfter(loss, logits, given)).toBe(row.after);
});
