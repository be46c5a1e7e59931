/** load_state_dict against real PyTorch: the text, and every tensor afterwards. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PythonError } from '../errors';
import { parseLiterals } from '../program/literal-json';
import { asList, asObject, classSpec } from '../program/spec-json';
import { UserModule } from '../program/user-module';
import { PyBytes, PyTuple } from '../python/values';
import { Generator } from '../random/generator';
import { load } from '../serialization/load';
import type { Tensor } from '../tensor';
import { type IncompatibleKeys, loadStateDict } from './load-state-dict';

const recorded = asObject(
  parseLiterals(readFileSync(new URL('./testdata/load-state-dict.json', import.meta.url), 'utf8')),
);
const files = asObject(recorded.files);
const cases = asList(recorded.cases)
  .map(asObject)
  .map((row) => ({
    row,
    title: `${String(row.file)} into ${String(row.net)}, ${JSON.stringify(row.options)}`,
  }));

test.each(cases)('$title', ({ row }) => {
  const spec = classSpec({ class: 'Net', layers: row.layers, forward: [] });
  const net = UserModule.create(spec, new Generator(9));
  const stateDict = load(new Uint8Array(Buffer.from(String(files[String(row.file)]), 'base64')));
  const { strict, assign } = asObject(row.options);
  const options = { strict: strict !== false, assign: assign === true };
  expect(textOf(() => loadStateDict(net, stateDict, options))).toBe(row.text);
  const after = [...net.stateDict()].map(([key, value]) => [key, stateOf(value as Tensor)]);
  expect(Object.fromEntries(after)).toEqual(row.after);
});

function textOf(run: () => IncompatibleKeys): string {
  try {
    return run().repr;
  } catch (error) {
    if (error instanceof PythonError) return error.shown;
    throw error;
  }
}

function stateOf(tensor: Tensor): [string, string] {
  const hash = createHash('sha256').update(tensor.contiguousBytes()).digest('hex');
  return [tensor.dtype, hash.slice(0, 16)];
}

test.each([
  ['a string', 'tudui_parameter.pth', 'str'],
  ['nothing', null, 'NoneType'],
  ['a list', [1], 'list'],
  ['a tuple', new PyTuple([]), 'tuple'],
  ['bytes', new PyBytes(new Uint8Array(1)), 'bytes'],
])('%s is no state_dict', (_, value, type) => {
  const net = UserModule.create({ className: 'Net', layers: [], forward: [] }, new Generator(0));
  expect(textOf(() => loadStateDict(net, value))).toBe(
    `TypeError: Expected state_dict to be dict-like, got <class '${type}'>.`,
  );
});
