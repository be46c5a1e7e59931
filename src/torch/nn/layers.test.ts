import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PythonError } from '../errors';
import { parseLiterals } from '../program/literal-json';
import type { PyValue } from '../python/values';
import { Generator } from '../random/generator';
import { moduleRepr } from '../repr/module';
import { BatchNorm1d } from './batchnorm';
import { createLayer } from './layer-class';
import type { Module } from './module';
import { layerClasses } from './registry';

interface Failure {
  readonly type: string;
  readonly message: string;
}
interface Forward {
  readonly input: number[];
  readonly training: boolean;
  readonly shape?: number[];
  readonly error?: Failure;
  readonly counted?: number;
}
interface Case {
  readonly kind: string;
  readonly args: PyValue[];
  readonly kwargs: { [name: string]: PyValue };
  readonly repr?: string;
  readonly keys?: string[];
  readonly error?: Failure;
  readonly forwards?: Forward[];
}

const file = readFileSync(new URL('./testdata/layers.json', import.meta.url), 'utf8');
const { cases } = parseLiterals(file) as unknown as { cases: Case[] };
const titled = cases.map(
  (c) => [`nn.${c.kind}(${JSON.stringify(c.args)}, ${JSON.stringify(c.kwargs)})`, c] as const,
);

function make({ kind, args, kwargs }: Case): Module {
  const call = { args, kwargs: new Map(Object.entries(kwargs)) };
  return createLayer(layerClasses.get(kind)!, call, new Generator(0));
}

function outcome<T>(run: () => T): T | Failure {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { type: error.type, message: error.message };
  }
}

/** What a call does before and while it looks at the shape. */
function called(layer: Module, input: readonly number[]): readonly number[] {
  if (layer instanceof BatchNorm1d) {
    layer.checkInputDim(input);
    layer.countBatch();
  }
  return layer.outputShape(input);
}

describe.each(titled)('%s', (_, expected) => {
  if (expected.error) {
    test('is refused in the words of torch', () => {
      expect(outcome(() => make(expected))).toEqual(expected.error);
    });
    return;
  }

  test('prints and names its tensors as torch', () => {
    const layer = make(expected);
    expect(moduleRepr(layer)).toBe(expected.repr);
    expect([...layer.stateDict().keys()]).toEqual(expected.keys);
  });

  test('gives the shapes and errors of torch, and counts batches when torch counts', () => {
    const layer = make(expected);
    const counter = (): number => Number(layer.buffers.get('num_batches_tracked')?.int64Data()[0] ?? 0n);
    for (const forward of expected.forwards ?? []) {
      const before = counter();
      const got = outcome(() => called(layer.train(forward.training), forward.input));
      const at = JSON.stringify([forward.input, forward.training]);
      expect({ at, got }).toEqual({ at, got: forward.error ?? forward.shape });
      expect({ at, counted: counter() - before }).toEqual({ at, counted: forward.counted ?? 0 });
    }
  });
});

test('every layer with numbers of its own is in the fixture', () => {
  const tested = new Set(cases.map(({ kind }) => kind));
  expect(['Linear', 'BatchNorm1d', 'ReLU', 'Dropout'].filter((kind) => !tested.has(kind))).toEqual([]);
});
