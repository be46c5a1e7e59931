/** The functions autograd names, as PyTorch recorded them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createLoss } from '../nn/layer-class';
import { lossClasses } from '../nn/registry';
import { parseLiterals } from '../program/literal-json';
import { asList, asObject, rootSpec } from '../program/spec-json';
import { build } from '../program/user-module';
import { Generator } from '../random/generator';
import { numelOf, Tensor } from '../tensor';
import { gradFnAfter, gradFnOfLoss } from './grad-fn';

const recorded = asObject(
  parseLiterals(readFileSync(new URL('./testdata/grad-fns.json', import.meta.url), 'utf8')),
);
const rowsOf = (key: string) =>
  asList(recorded[key]).map((json) => {
    const row = asObject(json);
    const spec = rootSpec(row.spec);
    const shape = (name: string): number[] => asList(row[name]).map(Number);
    return { row, spec, shape, title: JSON.stringify(json) };
  });

test.each(rowsOf('layers'))('$title', ({ row, spec, shape }) => {
  const layer = build(spec, new Generator(0)).train(row.training === true);
  expect(gradFnAfter(layer, shape('input'), null)).toBe(row.plain);
  expect(gradFnAfter(layer, shape('input'), 'SigmoidBackward0')).toBe(row.after);
});

test.each(rowsOf('losses'))('$title', ({ row, spec, shape }) => {
  const loss = createLoss(lossClasses.get(spec.kind)!, spec, new Generator(0));
  const size = shape('target');
  const target = Tensor.float32(new Float32Array(numelOf(size)), size);
  expect(gradFnOfLoss(loss, shape('input'), target)).toBe(row.after);
});
