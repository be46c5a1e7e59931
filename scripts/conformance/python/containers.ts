/** Constructors of torch.nn's containers: they take modules and values, not arguments that bind to a signature. */
import { ModuleDict, ModuleList, Sequential } from '../../../src/torch/nn/container';
import { DataParallel } from '../../../src/torch/nn/data-parallel';
import { Module } from '../../../src/torch/nn/module';
import { ParameterDict, ParameterList } from '../../../src/torch/nn/parameter-container';
import { PyDict } from '../../../src/torch/python/values';
import { NotExpressible } from './syntax';
import { asPy, type Call, Callable, itemsOf, type Value } from './values';

export const containers: readonly (readonly [string, Callable])[] = [
  ['Sequential', new Callable(sequential)],
  ['ModuleList', new Callable(({ args: [list] }) => ModuleList.from(list === undefined ? [] : asPy(list)))],
  ['ModuleDict', new Callable(({ args: [dict] }) => ModuleDict.of(namedModules(dict)))],
  ['ParameterList', new Callable(({ args: [list] }) => ParameterList.of(itemsOf(list ?? []).map(asPy)))],
  ['ParameterDict', new Callable(({ args: [dict] }) => ParameterDict.of(dictOf(dict)))],
  ['DataParallel', new Callable(({ args: [module] }) => DataParallel.of(moduleOf(module)))],
];

function sequential({ args }: Call): Module {
  const [only] = args;
  if (args.length === 1 && only instanceof PyDict && only.className === 'OrderedDict')
    return Sequential.of([...only.values()], [...only.keys()]);
  return Sequential.of(args.map(asPy));
}

function namedModules(value: Value | undefined): [string, Module][] {
  return [...dictOf(value)].map(([name, module]) => [String(name), moduleOf(module)]);
}

function dictOf(value: Value | undefined): PyDict {
  if (value === undefined) return new PyDict();
  if (value instanceof PyDict) return value;
  throw new NotExpressible('a container made of what is no dict');
}

function moduleOf(value: Value | undefined): Module {
  if (value instanceof Module) return value;
  throw new NotExpressible('a child that is no Module');
}
