/** A Python that has the package onnx, if there is one: $MATCHBOOK_PYTHON, what .ci/run installed, or the one on the path. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const candidates = [
  process.env.MATCHBOOK_PYTHON,
  `${root}.matchbook/python/bin/python`,
  `${root}.matchbook/python/Scripts/python.exe`,
  'python3',
  'python',
];

export const onnxPython = candidates.find(
  (path) => path && spawnSync(path, ['-c', 'import onnx']).status === 0,
);
