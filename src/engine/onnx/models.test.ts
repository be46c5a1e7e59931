/** Models of real networks before onnx's own checker, where Python has it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder';
import type { Graph, StepGraph } from '../graph/graph';
import { flatModel, scanModel } from '.';
import { exportOnnx } from './export/export-onnx';
import { build, networks } from './export/testdata/networks';
import { ModelProtoSchema } from './onnx.pb.js';

/** $MATCHBOOK_PYTHON, what .ci/run installed, or the one on the path, if it has the package onnx. */
const onnxPython = [
  process.env.MATCHBOOK_PYTHON,
  fileURLToPath(new URL('../../../.matchbook/python/bin/python', import.meta.url)),
  'python3',
  'python',
].find((path) => path && spawnSync(path, ['-c', 'import onnx']).status === 0);
const script = fileURLToPath(new URL('./testdata/check_models.py', import.meta.url));

/** Every primitive once, and outputs that are an input, a constant and one value twice. */
function everyPrimitive(): Graph {
  const b = new GraphBuilder();
  const x = b.input('x', [4, 3]);
  const product = b.matmul(x, b.input('weight', [2, 3]), false, true);
  const rows = b.reduceMax(b.relu(b.neg(product)), [1], true);
  const all = b.add(b.exp(rows), b.log(b.sqrt(b.div(rows, b.scalar(3)))));
  const signs = b.mul(b.greater(product, b.scalar(0)), b.sub(b.detach(product), b.equal(product, all)));
  const sums = b.reduceSum(signs, [0]);
  return b.finish(
    new Map([
      ['mean', b.reduceMean(b.reshape(signs, [2, 4]), [0, 1])],
      ['rows', b.expand(sums, [5, 2])],
      ['sums', sums],
      ['sums again', sums],
      ['x itself', x],
      ['three', b.scalar(3)],
    ]),
  );
}

function descent(): StepGraph {
  const b = new GraphBuilder();
  const weight = b.input('weight', [3, 2]);
  const y = b.matmul(b.input('x', [4, 3]), weight);
  const gradient = b.matmul(b.input('x', [4, 3]), b.mul(y, b.input('factor', [])), true);
  const next = b.sub(weight, b.mul(b.input('lr', []), gradient));
  const loss = b.reduceMean(y, [0, 1]);
  return {
    graph: b.finish(
      new Map([
        ['loss', loss],
        ['next', next],
        ['still', b.input('still', [2])],
      ]),
    ),
    state: [
      { input: 'weight', output: 'next', shape: [3, 2] },
      { input: 'still', output: 'still', shape: [2] },
    ],
    perStep: ['x', 'factor'],
    shared: ['lr'],
    collected: ['loss', 'next', 'still'],
  };
}

const models = { flat: flatModel(everyPrimitive(), 'wasm'), scan: scanModel(descent()) };

const exported = Object.entries(networks).map(
  ([name, { input, layers }]) => [name, exportOnnx(build(layers).eval(), input)] as const,
);

describe('models', () => {
  it.runIf(onnxPython)('pass onnx.checker with full_check (needs Python with onnx)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'models-'));
    const paths = [...Object.entries(models), ...exported].map(([name, bytes]) => {
      const path = join(folder, `${name}.onnx`);
      writeFileSync(path, bytes);
      return path;
    });
    const { stdout, stderr } = spawnSync(onnxPython!, [script, ...paths], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(stdout.trim().split('\n'), stderr).toEqual(paths.map((path) => `${path} ok 10 21`));
  });

  it('write a constant or a list of axes once, however often it is used', () => {
    const graph = fromBinary(ModelProtoSchema, models.flat).graph!;
    const names = graph.initializer.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    // 3, the 0 of greater and the 0 of relu; the axes [1], [0], [0, 1]; the shapes [2, 4], [5, 2].
    expect(names).toHaveLength(8);
  });

  it('leave out what no output needs', () => {
    const b = new GraphBuilder();
    const x = b.input('x', [2]);
    const graph = b.finish(
      new Map([
        ['a', b.exp(x)],
        ['b', b.log(x)],
      ]),
    );
    const step = { graph, state: [], perStep: ['x'], shared: [], collected: ['a'] };
    const body = fromBinary(ModelProtoSchema, scanModel(step)).graph!.node[0].attribute.find((a) => a.g)!.g!;
    expect(body.node.map(({ opType }) => opType)).toEqual(['Exp']);
  });

  it('refuse a step whose names are not in its graph', () => {
    expect(() => scanModel({ ...descent(), collected: ['nothing'] })).toThrow('nothing');
  });
});
