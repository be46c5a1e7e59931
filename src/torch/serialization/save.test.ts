/** Files written here against the same nets saved by real PyTorch, byte by byte. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseLiterals } from '../program/literal-json';
import { asObject, classSpecs } from '../program/spec-json';
import { UserModule } from '../program/user-module';
import { Generator } from '../random/generator';
import { save } from './save';
import { archiveName } from './zip/writer';

const fixtures = Object.keys(import.meta.glob('./testdata/*.json')).map((path) => {
  const at = new URL(path, import.meta.url);
  return { about: asObject(parseLiterals(readFileSync(at, 'utf8'))), folder: new URL('.', at) };
});
const nets = fixtures.filter(({ about }) => about.kind !== 'value');

test('there are fixtures', () => expect(nets.length).toBeGreaterThan(3));

test.each(nets.map((fixture) => ({ ...fixture, name: String(fixture.about.file) })))(
  'writes $name as torch.save does',
  ({ about, folder, name }) => {
    const specs = [...classSpecs(about.specs).values()];
    const generator = new Generator(Number(about.seed));
    const net = UserModule.create(specs[specs.length - 1], generator, String(about.module));
    net.train(about.training === true);
    const bytes = save(about.kind === 'state_dict' ? net.stateDict() : net, name);
    const expected = readFileSync(new URL(name, folder));
    expect(Buffer.from(bytes).equals(expected)).toBe(true);
  },
);

test.each([
  ['net.final.v2.pth', 'net.final.v2'],
  ['noext', 'noext'],
  ['a b (1).pth', 'a b (1)'],
  ['dir/sub\\UPPER.PTH', 'UPPER'],
  ['模型.pth', 'archive'],
])('the folder inside %s is %s', (fileName, folder) => expect(archiveName(fileName)).toBe(folder));

test('a name that is only an extension is refused', () => {
  expect(() => archiveName('x/.pth')).toThrow('invalid file name: x/.pth');
});
