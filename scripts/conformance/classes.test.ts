/** Every class of torch.nn against real PyTorch: its signature, what it prints and draws, and its whole-model file byte by byte. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PythonError } from '../../src/torch/errors';
import { Module } from '../../src/torch/nn/module';
import { classesByPath, layerClasses, lossClasses } from '../../src/torch/nn/registry';
import { parseSignature } from '../../src/torch/nn/signature-text';
import { moduleRepr } from '../../src/torch/repr/module';
import { load } from '../../src/torch/serialization/load';
import { save } from '../../src/torch/serialization/save';
import type { Tensor } from '../../src/torch/tensor';
import { run } from './python/interpret';
import { World } from './python/world';

interface ClassRow {
  readonly name: string;
  readonly module: string;
  readonly init: string;
  readonly signature: string | null;
  readonly version: number;
}

interface Instance {
  readonly code: string;
  readonly error?: string;
  readonly text?: string;
  readonly keys?: readonly (readonly [string, readonly number[]])[];
  readonly values?: string;
  readonly file?: string;
}

const { classes, instances } = JSON.parse(
  readFileSync(new URL('../../src/torch/nn/testdata/classes.json', import.meta.url), 'utf8'),
) as { classes: ClassRow[]; instances: Instance[] };

const sha256 = (...parts: readonly Uint8Array[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

const made = async (code: string): Promise<Module> => {
  const value = await run(`torch.manual_seed(0)\n${code}`, new World());
  if (!(value instanceof Module)) throw new Error(`${code} is no module`);
  return value;
};

/** Bases nobody instantiates, and layers whose parameters wait for a first input. */
const unknown = (name: string): boolean =>
  name.startsWith('Lazy') || ['Container', 'RNNBase', 'RNNCellBase'].includes(name);

/** Made of modules and values, not of arguments that bind to a signature. */
const containers = 'DataParallel Module ModuleDict ModuleList ParameterDict ParameterList Sequential'.split(
  ' ',
);

const known = classes.filter(({ name }) => !unknown(name));

test.each(known)('nn.$name is known by its path', ({ module, name, version }) => {
  const cls = classesByPath.get(`${module}.${name}`);
  expect(cls && new cls().version).toBe(version);
});

const bound = known.filter(({ name, signature }) => signature !== null && !containers.includes(name));

test.each(bound)('nn.$name takes the same arguments', ({ name, init, signature }) => {
  const cls = layerClasses.get(name) ?? lossClasses.get(name);
  expect(cls?.signature).toEqual(parseSignature(signature ?? ''));
  expect(cls?.initOwner ?? name).toBe(init);
});

describe.each(instances.filter(({ error }) => error === undefined))('$code', (expected) => {
  const stateOf = (module: Module): [string, Tensor][] => [...module.stateDict()] as [string, Tensor][];

  test('prints, names and draws its tensors as torch', async () => {
    const module = await made(expected.code);
    expect(moduleRepr(module)).toBe(expected.text);
    const state = stateOf(module);
    expect(state.map(([key, { shape }]) => [key, shape])).toEqual(expected.keys);
    expect(sha256(...state.map(([, tensor]) => tensor.contiguousBytes()))).toBe(expected.values);
  });

  test('is saved as torch saves it, and loaded back the same', async () => {
    const bytes = save(await made(expected.code), 'layer.pth');
    expect(sha256(bytes)).toBe(expected.file);
    const loaded = load(bytes, { weightsOnly: false });
    expect(loaded).toBeInstanceOf(Module);
    expect(moduleRepr(loaded as Module)).toBe(expected.text);
    expect(sha256(save(loaded, 'layer.pth'))).toBe(expected.file);
  });
});

test.each(instances.filter(({ error }) => error !== undefined))(
  '$code is refused',
  async ({ code, error }) => {
    const refusal = await made(code).then(
      () => null,
      (problem: unknown) => problem,
    );
    expect(refusal).toBeInstanceOf(PythonError);
    expect((refusal as PythonError).shown).toBe(error);
  },
);
