/** Files that today's torch.save of plain weights does not give: numbers of numpy, quantized tensors, layers of an older torch. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { PythonError } from '../errors';
import { Module } from '../nn/module';
import { pyRepr } from '../python/repr';
import { type PyDict, PyDType, PyGlobal, type PyObject, PySize, type PyValue } from '../python/values';
import { moduleRepr } from '../repr/module';
import { load } from './load';
import { save } from './save';

interface Row {
  readonly name: string;
  readonly file: string;
}

interface ModuleRow extends Row {
  readonly text: string;
  readonly attributes: string[];
  readonly keys: string[];
  readonly again: string;
}

const recorded = JSON.parse(
  readFileSync(new URL('./testdata/unusual/files.json', import.meta.url), 'utf8'),
) as {
  readonly numbers: (Row & { readonly text: string; readonly allowed: [string[], string][] })[];
  readonly quantized: (Row & { readonly dtype: string; readonly shape: number[] })[];
  readonly older: ModuleRow[];
  readonly other: ModuleRow[];
  readonly broken: (Row & { readonly text: string })[];
};

function bytesOf({ file }: Row): Uint8Array {
  return new Uint8Array(inflateSync(Buffer.from(file, 'base64')));
}

function globalNamed(path: string): PyGlobal {
  const dot = path.lastIndexOf('.');
  return new PyGlobal(path.slice(0, dot), path.slice(dot + 1));
}

describe.each(recorded.numbers)('$name', (row) => {
  test('is read', () => {
    const [value] = load(bytesOf(row), { weightsOnly: false }) as PyValue[];
    expect(pyRepr(value)).toBe(row.text);
  });

  test.each(row.allowed)('with %j allowed', (names, outcome) => {
    const safeGlobals = new Map(names.map((name) => [name, globalNamed(name)]));
    let message = 'ok';
    try {
      load(bytesOf(row), { safeGlobals });
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      message = error.message;
    }
    expect(message).toBe(outcome);
  });
});

test.each(recorded.quantized)('a $name tensor is described', (row) => {
  const [value] = load(bytesOf(row)) as PyValue[];
  const { state } = value as PyObject;
  expect((state as PyDict).get('dtype')).toEqual(new PyDType(row.dtype));
  expect((state as PyDict).get('size')).toEqual(new PySize(row.shape));
});

test.each([...recorded.older, ...recorded.other])('$name gets what it lacks', (row) => {
  const layer = load(bytesOf(row), { weightsOnly: false });
  if (!(layer instanceof Module)) throw new Error('no module');
  expect([...layer.attributes.keys()]).toEqual(row.attributes);
  expect([...layer.stateDict().keys()]).toEqual(row.keys);
  expect(moduleRepr(layer)).toBe(row.text);
  expect(createHash('sha256').update(save(layer, 'archive')).digest('hex')).toBe(row.again);
});

test.each(recorded.broken)('a $name that cannot be printed says why', (row) => {
  const layer = load(bytesOf(row), { weightsOnly: false });
  let shown = '';
  try {
    shown = moduleRepr(layer as Module);
  } catch (error) {
    shown = error instanceof PythonError ? error.shown : String(error);
  }
  expect(shown).toBe(row.text);
});
