/** Printed text against real PyTorch's. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { DType } from '../dtype';
import { ModuleList, Sequential } from '../nn/container';
import type { Module } from '../nn/module';
import { createLayer, layerClasses } from '../nn/registry';
import type { PyValue } from '../python/values';
import { Generator } from '../random/generator';
import { Parameter, Storage, Tensor } from '../tensor';
import { fixed, scientific } from './decimal';
import { moduleRepr } from './module';
import { stateDictRepr } from './state-dict';
import { tensorRepr } from './tensor';

const read = (name: string): string => readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8');

interface Sample {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: number[];
  readonly hex: string;
  readonly parameter: boolean;
  readonly requires_grad: boolean;
  readonly text: string;
}

test.each(JSON.parse(read('tensors.json')) as Sample[])('prints $name', (sample) => {
  const { dtype, shape, hex, parameter, requires_grad: requiresGrad, text } = sample;
  const storage = new Storage(dtype, new Uint8Array(Buffer.from(hex, 'hex')));
  const tensor = new Tensor(storage, shape, { requiresGrad });
  expect(tensorRepr(parameter ? new Parameter(tensor, requiresGrad) : tensor)).toBe(text);
});

const models = JSON.parse(read('models.json')) as Record<'state_dict' | 'model' | 'list', string>;
const generator = new Generator(0);
function layer(kind: string, ...args: PyValue[]): Module {
  const cls = layerClasses.get(kind);
  if (!cls) throw new Error(kind);
  return createLayer(cls, { args, kwargs: new Map() }, generator);
}

test('prints a model and its state_dict', () => {
  const net = Sequential.of([
    layer('Linear', 2, 3),
    layer('BatchNorm1d', 3),
    layer('ReLU'),
    layer('Linear', 3, 1),
  ]);
  expect(moduleRepr(net)).toBe(models.model);
  expect(stateDictRepr(net.stateDict())).toBe(models.state_dict);
});

test('folds equal neighbours of a ModuleList', () => {
  const list = ModuleList.of([
    layer('Linear', 2, 2),
    layer('Linear', 2, 2),
    layer('ReLU'),
    layer('Linear', 2, 2),
  ]);
  expect(moduleRepr(list)).toBe(models.list);
});

test.each([
  [fixed(0.03125, 4), '0.0312'],
  [fixed(-0, 4), '-0.0000'],
  [fixed(2.5, 0), '2'],
  [fixed(3.5, 0), '4'],
  [scientific(1000050, 4), '1.0000e+06'],
  [scientific(1000150, 4), '1.0002e+06'],
  [scientific(9.99995, 4), '1.0000e+01'],
  [scientific(0, 4), '0.0000e+00'],
])('%s', (text, expected) => expect(text).toBe(expected));
