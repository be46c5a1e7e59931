/**
 * The layers are one-way, also for types, dynamic imports and workers. This walks src and holds every file to the
 * table below; the same walk keeps files small and src/torch free of everything that is not PyTorch's meaning.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { names, specifiers } from '../scripts/syntax';

interface Layer {
  /** Folders of src it may import, besides itself. */
  readonly folders: readonly string[];
  /** Packages it may import, with the folder where that is all they may be used in. */
  readonly packages: Readonly<Record<string, string>>;
  /** What of those folders is not for it. */
  readonly closed?: RegExp;
  /** Globals it must not know. */
  readonly globals?: readonly string[];
}

const anywhere = '';

const layers: Readonly<Record<string, Layer>> = {
  torch: {
    folders: [],
    packages: {},
    // The language itself has a clock and a generator: tsconfig cannot take those away.
    globals: [
      'window',
      'document',
      'Date',
      'Math.random',
      'performance',
      'fetch',
      'crypto',
      'globalThis',
      'process',
    ],
  },
  engine: { folders: ['torch'], packages: { '@bufbuild/protobuf': 'onnx/', 'onnxruntime-web': 'ort/' } },
  notebook: {
    folders: ['torch', 'engine'],
    // The engine's interface is what lies directly in its folder.
    closed: /^engine\/.+\//,
    packages: { valibot: anywhere },
    globals: ['window', 'document', 'localStorage'],
  },
  lessons: { folders: ['notebook'], packages: {} },
  store: {
    folders: ['torch', 'engine', 'notebook', 'lessons'],
    closed: /^engine\/.+\//,
    packages: { zustand: anywhere, idb: anywhere },
  },
  ui: {
    folders: ['torch', 'notebook', 'lessons', 'store'],
    closed: /^torch\/serialization\/(?!index$)/,
    packages: {
      react: anywhere,
      'react-dom': anywhere,
      recharts: anywhere,
      'react-aria-components': anywhere,
      i18next: anywhere,
      wouter: anywhere,
    },
  },
  'main.tsx': { folders: ['store', 'ui'], packages: {} },
};

const testPackages = ['vitest', 'fast-check'];

const lineLimits: Readonly<Record<string, number>> = { ts: 400, tsx: 200 };

/** @param path relative to src, with `/` */
function importFaults(path: string, source: string): string[] {
  const name = path.split('/')[0] ?? '';
  const layer = layers[name];
  if (!layer) return path === 'layers.test.ts' ? [] : [`${path}: src has no layer "${name}"`];
  return specifiers(path, source).flatMap((specifier) => {
    const fault = specifier.startsWith('.')
      ? fileFault(name, layer, posix.join(posix.dirname(path), specifier))
      : packageFault(path, name, layer, specifier);
    return fault ? [`${path}: ${fault}`] : [];
  });
}

function fileFault(name: string, layer: Layer, target: string): string | undefined {
  const folder = target.split('/')[0] ?? '';
  if (folder === '..') return `${target} is outside src`;
  if (folder === name) return undefined;
  if (!layer.folders.includes(folder)) return `${name} may not import ${folder} (${target})`;
  return layer.closed?.test(target) ? `${target} is not for ${name}` : undefined;
}

function packageFault(path: string, name: string, layer: Layer, specifier: string): string | undefined {
  const parts = specifier.split('/');
  const packageName = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  if (isTest(path) && (specifier.startsWith('node:') || testPackages.includes(packageName))) return undefined;
  const where = layer.packages[packageName];
  if (where === undefined) return `${name} may not import ${packageName}`;
  return where === anywhere || path.startsWith(`${name}/${where}`)
    ? undefined
    : `${packageName} belongs to ${name}/${where}`;
}

/** Names a layer must not know. A local of such a name is refused too: another name costs nothing. */
function globalFaults(path: string, source: string): string[] {
  const forbidden = layers[path.split('/')[0] ?? '']?.globals ?? [];
  if (isTest(path)) return [];
  const used = names(path, source);
  return forbidden.filter((name) => used.has(name)).map((name) => `${path}: knows ${name}`);
}

function sizeFaults(path: string, source: string): string[] {
  // Generated code is as long as it is.
  if (path.includes('.pb.')) return [];
  const lines = source.replace(/\n$/, '').split('\n').length;
  const limit = lineLimits[path.split('.').at(-1) ?? ''] ?? Number.POSITIVE_INFINITY;
  return lines > limit ? [`${path}: ${lines} lines, at most ${limit}`] : [];
}

const isTest = (path: string) => /\.test\.tsx?$/.test(path);

const root = import.meta.dirname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll(sep, '/'))
  .filter((path) => /\.[jt]sx?$/.test(path))
  .map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') }));

describe('src', () => {
  test('is walked', () => expect(files.length).toBeGreaterThan(20));
  test('imports one way', () =>
    expect(files.flatMap((file) => importFaults(file.path, file.source))).toEqual([]));
  test('keeps torch and notebook from the browser', () =>
    expect(files.flatMap((file) => globalFaults(file.path, file.source))).toEqual([]));
  test('has small files', () =>
    expect(files.flatMap((file) => sizeFaults(file.path, file.source))).toEqual([]));
});

describe('the import check', () => {
  test.each([
    ['torch/nn/linear.ts', "import { Graph } from '../../engine';", 'torch may not import engine (engine)'],
    [
      'torch/a.ts',
      "import type { View } from '../notebook/views';",
      'torch may not import notebook (notebook/views)',
    ],
    ['torch/a.ts', "export * from '../store/notebook';", 'torch may not import store (store/notebook)'],
    ['torch/a.ts', "const ui = await import('../ui/App');", 'torch may not import ui (ui/App)'],
    [
      'torch/a.ts',
      "type View = import('../notebook/views').View;",
      'torch may not import notebook (notebook/views)',
    ],
    ['torch/a.ts', "import * as v from 'valibot';", 'torch may not import valibot'],
    ['torch/a.ts', "import 'node:fs';", 'torch may not import node:fs'],
    [
      'engine/graph/a.ts',
      "import * as ort from 'onnxruntime-web/wasm';",
      'onnxruntime-web belongs to engine/ort/',
    ],
    [
      'engine/ort/a.ts',
      "import { create } from '@bufbuild/protobuf';",
      '@bufbuild/protobuf belongs to engine/onnx/',
    ],
    [
      'notebook/a.ts',
      "import { client } from '../engine/ort/client';",
      'engine/ort/client is not for notebook',
    ],
    ['notebook/a.ts', "import { useState } from 'react';", 'notebook may not import react'],
    [
      'store/a.ts',
      "new Worker(new URL('../engine/ort/worker.ts', import.meta.url), { type: 'module' });",
      'engine/ort/worker is not for store',
    ],
    ['ui/A.tsx', "const a = <p>{import('../engine')}</p>;", 'ui may not import engine (engine)'],
    [
      'ui/A.tsx',
      "import { pickle } from '../torch/serialization/pickle/pickler';",
      'torch/serialization/pickle/pickler is not for ui',
    ],
    ['ui/a.ts', "import.meta.glob(['./b/*.json', '../engine/*.ts']);", 'ui may not import engine (engine/*)'],
    ['ui/a.ts', `import(\`../engine/\${name}.ts\`);`, 'ui may not import engine (engine/)'],
    ['ui/a.ts', "import url from '../../public/favicon.svg?url';", '../public/favicon.svg is outside src'],
  ])('in %s refuses %s', (path, source, fault) => {
    expect(importFaults(path, source)).toEqual([`${path}: ${fault}`]);
  });

  test.each([
    ['torch/nn/linear.ts', "import { fma32 } from '../random/fma'; // import '../../ui/App'"],
    ['torch/a.test.ts', "import { readFileSync } from 'node:fs'; import { test } from 'vitest';"],
    ['engine/ort/worker.ts', "import url from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';"],
    [
      'notebook/kernel/client.ts',
      "import { run } from '../../engine'; new Worker(new URL('./worker.ts', import.meta.url));",
    ],
    ['ui/a.test.ts', 'new URL(name, import.meta.url);'],
    ['ui/App.tsx', "import styles from './App.module.css'; import { load } from '../torch/serialization';"],
  ])('in %s accepts %s', (path, source) => {
    expect(importFaults(path, source)).toEqual([]);
  });

  test('refuses a folder that has no place in the table', () => {
    expect(importFaults('utils/a.ts', '')).toEqual(['utils/a.ts: src has no layer "utils"']);
  });

  test('refuses an address it cannot read', () => {
    expect(() => importFaults('ui/a.ts', 'import(name);')).toThrow('cannot be checked');
  });
});

describe('the globals check', () => {
  test.each([
    ['document.title;', 'document'],
    ['const now = Date.now();', 'Date'],
    ['function f(at: Date) {}', 'Date'],
    ['const a = { performance };', 'performance'],
    ['const r = Math.random();', 'Math.random'],
    ["const r = Math['random']();", 'Math.random'],
    ['const { random } = Math;', 'Math.random'],
  ])('refuses %s', (source, name) => {
    expect(globalFaults('torch/a.ts', source)).toEqual([`torch/a.ts: knows ${name}`]);
  });

  test.each([
    'const a = b.document; // document',
    "const a = { fetch: 1, 'window': 2 };",
    'Math.fround(1); Math[i];',
  ])('accepts %s', (source) => {
    expect(globalFaults('torch/a.ts', source)).toEqual([]);
  });
});

test('the size check refuses a file that is one line too long', () => {
  expect(sizeFaults('ui/A.tsx', 'a\n'.repeat(200))).toEqual([]);
  expect(sizeFaults('ui/A.tsx', 'a\n'.repeat(201))).toEqual(['ui/A.tsx: 201 lines, at most 200']);
  expect(sizeFaults('torch/a.ts', 'a\n'.repeat(401))).toHaveLength(1);
});
