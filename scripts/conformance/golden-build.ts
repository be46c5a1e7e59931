/** Builds what a golden case describes: the network, the loss, the optimizer. Throws for what is not built yet. */
import { Sequential } from '../../src/torch/nn/container';
import { createLayer, createLoss } from '../../src/torch/nn/layer-class';
import type { Loss } from '../../src/torch/nn/loss';
import type { Module } from '../../src/torch/nn/module';
import { layerClasses, lossClasses } from '../../src/torch/nn/registry';
import type { CallArguments } from '../../src/torch/nn/signature';
import type { Optimizer, ParamGroupSpec } from '../../src/torch/optim/optimizer';
import { optimizerClasses } from '../../src/torch/optim/registry';
import { PyFloat, PyTuple, type PyValue } from '../../src/torch/python/values';
import type { Generator } from '../../src/torch/random/generator';
import { Tensor } from '../../src/torch/tensor';
import type { Spec } from './golden-case';

export function buildNet(spec: Spec, generator: Generator): Module {
  if (spec.type === 'Sequential') {
    const children = (spec.layers as readonly Spec[]).map((child) => buildNet(child, generator));
    return Sequential.of(children, spec.names as readonly string[] | undefined);
  }
  const cls = layerClasses.get(spec.type);
  if (!cls) throw new Error(`torch.nn.${spec.type} is not built`);
  return createLayer(cls, keywords(spec), generator);
}

export function buildLoss(spec: Spec, generator: Generator): Loss {
  const cls = lossClasses.get(spec.type);
  if (!cls) throw new Error(`torch.nn.${spec.type} is not built`);
  return createLoss(cls, keywords(spec), generator);
}

/** Of the parameters that are not frozen, as the script that made the cases lists them. */
export function buildOptimizer(spec: Spec, net: Module): Optimizer {
  const cls = optimizerClasses.get(spec.type);
  if (!cls) throw new Error(`torch.optim.${spec.type} is not built`);
  const { no_decay_bias: noDecayBias, ...options } = spec;
  const parameters = [...net.namedParameters()]
    .map(([, parameter]) => parameter)
    .filter(({ requiresGrad }) => requiresGrad);
  if (!noDecayBias) return new cls(parameters, keywords(options as Spec).kwargs);
  const groups: ParamGroupSpec[] = [
    { params: parameters.filter(({ shape }) => shape.length >= 2) },
    {
      params: parameters.filter(({ shape }) => shape.length < 2),
      options: new Map([['weight_decay', new PyFloat(0)]]),
    },
  ];
  return new cls(groups, keywords(options as Spec).kwargs);
}

function keywords({ type: _type, ...rest }: Spec): CallArguments {
  const isTensor = (name: string): boolean => name === 'weight' || name === 'pos_weight';
  return {
    args: [],
    kwargs: new Map(
      Object.entries(rest).map(([name, value]) => [
        name,
        isTensor(name) ? Tensor.float32(value as number[], [(value as number[]).length]) : pyValue(value),
      ]),
    ),
  };
}

function pyValue(value: unknown): PyValue {
  if (typeof value === 'number') return Number.isInteger(value) ? value : new PyFloat(value);
  if (Array.isArray(value)) return new PyTuple(value.map(pyValue));
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  throw new Error(`no argument of a layer: ${JSON.stringify(value)}`);
}
