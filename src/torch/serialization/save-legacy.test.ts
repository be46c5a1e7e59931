/** Files of the old format against the same nets saved by real PyTorch, byte by byte under the addresses of its run. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseLiterals } from '../program/literal-json';
import { asObject, classSpecs } from '../program/spec-json';
import { UserModule } from '../program/user-module';
import { PyDict } from '../python/values';
import { Generator } from '../random/generator';
import { load } from './load';
import { saveLegacy } from './save-legacy';

const fixtures = ['legacy_state_dict', 'legacy_model'].map((name) => {
  const at = (end: string): URL => new URL(`./testdata/legacy/${name}.${end}`, import.meta.url);
  return {
    name,
    about: asObject(parseLiterals(readFileSync(at('json'), 'utf8'))),
    bytes: readFileSync(at('pth')),
  };
});

test.each(fixtures)('writes $name as torch.save did before 1.6', ({ about, bytes }) => {
  const specs = [...classSpecs(about.specs).values()];
  const net = UserModule.create(specs[specs.length - 1], new Generator(Number(about.seed)));
  const keys = about.keys as string[];
  const source = about.source ? asObject(about.source) : null;
  const written = saveLegacy(about.kind === 'state_dict' ? net.stateDict() : net, {
    keyOf: (index) => keys[index],
    sourceOf: ({ name }) =>
      source && name === 'Net' ? { file: String(source.file), source: String(source.text) } : null,
  });
  expect(Buffer.from(written).equals(bytes)).toBe(true);
});

test('numbers its storages, in the order of their names, and reads back', () => {
  const specs = [...classSpecs(fixtures[0].about.specs).values()];
  const dict = UserModule.create(specs[specs.length - 1], new Generator(3)).stateDict();
  const read = load(saveLegacy(dict)) as PyDict;
  expect(read).toBeInstanceOf(PyDict);
  expect([...read.keys()]).toEqual([...dict.keys()]);
  expect(load(saveLegacy(read))).toEqual(read);
});
