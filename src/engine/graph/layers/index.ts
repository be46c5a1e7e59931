/** The table of layers the engine computes. */
import { ReLU } from '../../../torch/nn/activation';
import { BatchNorm1d } from '../../../torch/nn/batchnorm';
import { Dropout } from '../../../torch/nn/dropout';
import { Linear } from '../../../torch/nn/linear';
import type { Module } from '../../../torch/nn/module';
import { batchnorm } from './batchnorm';
import { dropout } from './dropout';
import { linear } from './linear';
import { relu } from './relu';
import type { LayerRule } from './rule';

type Row = readonly [new () => Module, LayerRule];

/** Ties a rule to the class whose instances it is given. */
function row<M extends Module>(cls: new () => M, rule: LayerRule<M>): Row {
  return [cls, rule as unknown as LayerRule];
}

const rules: readonly Row[] = [
  row(Linear, linear),
  row(BatchNorm1d, batchnorm),
  row(ReLU, relu),
  row(Dropout, dropout),
];

/** Throws for a layer the engine has no rule for. */
export function ruleOf(module: Module): LayerRule {
  const found = rules.find(([cls]) => module instanceof cls);
  if (!found) throw new Error(`the engine does not compute ${module.className}`);
  return found[1];
}
