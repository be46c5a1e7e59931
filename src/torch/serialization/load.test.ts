/** Files that real PyTorch wrote, read back; and what mutations of them may do: raise in PyTorch's words, or be refused. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PythonError } from '../errors';
import { loadStateDict } from '../nn/load-state-dict';
import { Module } from '../nn/module';
import { parseLiterals } from '../program/literal-json';
import { Program } from '../program/program';
import { asObject, classSpecs } from '../program/spec-json';
import { UserModule } from '../program/user-module';
import type { PyDict, PyValue } from '../python/values';
import { Generator } from '../random/generator';
import type { Tensor } from '../tensor';
import { globalsInFile } from './globals-in-file';
import { identify } from './identify';
import { load } from './load';
import { Refusal } from './refusal';
import { save } from './save';
import { writeArchive } from './zip/writer';

const fixtures = Object.keys(import.meta.glob('./testdata/*.json')).map((path) => {
  const about = asObject(parseLiterals(readFileSync(new URL(path, import.meta.url), 'utf8')));
  const bytes = new Uint8Array(readFileSync(new URL(`./testdata/${String(about.file)}`, import.meta.url)));
  return { about, bytes, name: String(about.file), kind: String(about.kind) };
});

type Fixture = (typeof fixtures)[number];

function programOf({ about }: Fixture): Program {
  const specs = about.specs === undefined ? [] : [...classSpecs(about.specs).values()];
  return about.module === 'train'
    ? new Program({ files: new Map([['train.py', specs]]) })
    : new Program({ main: specs });
}

/** What a call raises, in the words a traceback ends with. */
function raised(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof PythonError) return error.shown;
    throw error;
  }
  return 'nothing';
}

describe.each(fixtures)('$name', (fixture) => {
  const { about, bytes, name } = fixture;

  test('loads by default as PyTorch says', () => {
    const expected = asObject(about.load);
    const shown = raised(() => load(bytes, { fileName: name }));
    expect(shown).toBe(
      expected.outcome === 'ok' ? 'nothing' : `_pickle.UnpicklingError: ${String(expected.message)}`,
    );
  });

  test('comes out the same when it is saved again', () => {
    const value = load(bytes, { weightsOnly: false, program: programOf(fixture) });
    expect(Buffer.from(save(value, name)).equals(bytes)).toBe(true);
  });

  test('is recognised', () => {
    expect(identify(bytes).id).toBe(fixture.kind === 'value' ? 'checkpoint' : fixture.kind);
  });
});

const mlp = fixtures.find(({ name }) => name === 'mlp_state_dict.pth') as Fixture;
const model = fixtures.find(({ name }) => name === 'mlp_model.pth') as Fixture;
const moved = fixtures.find(({ name }) => name === 'train.v2.pth') as Fixture;

function freshNet(fixture: Fixture, seed: number): UserModule {
  const [spec] = [...classSpecs(fixture.about.specs).values()].slice(-1);
  return UserModule.create(spec, new Generator(seed));
}

test('a loaded state_dict makes two nets equal', () => {
  const net = freshNet(mlp, 1);
  const saved = load(mlp.bytes) as PyDict;
  expect(loadStateDict(net, saved).repr).toBe('<All keys matched successfully>');
  const bytesOf = (value: PyValue | undefined): Uint8Array => (value as Tensor).contiguousBytes();
  for (const [key, tensor] of net.stateDict()) expect(bytesOf(tensor)).toEqual(bytesOf(saved.get(key)));
});

test('a whole model keeps its mode', () => {
  const loaded = load(model.bytes, { weightsOnly: false, program: programOf(model) });
  expect(loaded).toBeInstanceOf(Module);
  expect([...(loaded as Module).namedModules()].every(([, module]) => !module.training)).toBe(true);
});

describe('a program without the class', () => {
  const wholeModel = (bytes: Uint8Array, program: Program): string =>
    raised(() => load(bytes, { weightsOnly: false, program }));
  const specs = [...classSpecs(model.about.specs).values()];

  test.each<[string, Uint8Array, Program, string]>([
    [
      'script',
      model.bytes,
      new Program(),
      "AttributeError: Can't get attribute 'Net' on <module '__main__'>",
    ],
    [
      'script, 3.14',
      model.bytes,
      new Program({ python: '3.14' }),
      "AttributeError: module '__main__' has no attribute 'Net'",
    ],
    ['module', moved.bytes, new Program({ main: specs }), "ModuleNotFoundError: No module named 'train'"],
    [
      'module elsewhere',
      moved.bytes,
      new Program({ files: new Map([['src/train.py', specs]]) }),
      "ModuleNotFoundError: No module named 'train'",
    ],
    [
      'module under an alias',
      moved.bytes,
      new Program({ files: new Map([['src/train.py', specs]]), aliases: new Map([['train', 'src.train']]) }),
      'nothing',
    ],
    [
      'class renamed',
      moved.bytes,
      new Program({ files: new Map([['train.py', []]]), directory: '/p' }),
      "AttributeError: Can't get attribute 'Net' on <module 'train' from '/p/train.py'>",
    ],
  ])('%s', (_, bytes, program, expected) => expect(wholeModel(bytes, program)).toBe(expected));
});

describe('a pickle that would run something', () => {
  const file = (pickle: string): Uint8Array => writeArchive('x', Buffer.from(pickle, 'latin1'), []);
  const attack = file('\x80\x02cos\nsystem\nX\x04\x00\x00\x00echo\x85R.');

  test('is refused by default in PyTorch’s words', () => {
    expect(raised(() => load(attack))).toContain(
      'Trying to load unsupported GLOBAL os.system whose module os is blocked.',
    );
  });

  test('is refused with weights_only=False, naming it', () => {
    expect(() => load(attack, { weightsOnly: false })).toThrow(Refusal);
    expect(globalsInFile(attack)).toEqual(['os.system']);
    expect(identify(attack).id).toBe('dangerous');
  });

  test.each([
    ['INST', "(S'echo'\nios\nsystem\n.", ['os.system']],
    ['STACK_GLOBAL', '\x80\x04\x8c\x02os\x8c\x06system\x93.', ['os.system']],
    ['memo', '\x80\x04\x8c\x02os\x94\x8c\x06system\x94h\x00h\x01\x93.', ['os.system']],
    [
      'computed',
      '\x80\x04c_codecs\ndecode\nX\x02\x00\x00\x00os\x85R\x8c\x06system\x93.',
      ['_codecs.decode', '? (computed)'],
    ],
  ])('%s is seen', (_, pickle, names) => expect(globalsInFile(file(pickle))).toEqual(names));
});

describe('whatever the bytes', () => {
  const programs = fixtures.map(programOf);
  const attempt = (bytes: Uint8Array, weightsOnly: boolean, program: Program): void => {
    identify(bytes);
    globalsInFile(bytes);
    try {
      load(bytes, { weightsOnly, program });
    } catch (error) {
      if (!(error instanceof PythonError) && !(error instanceof Refusal)) throw error;
    }
  };
  const anyFixture = fc.integer({ min: 0, max: fixtures.length - 1 });

  test('truncated files raise in known words', () => {
    fc.assert(
      fc.property(
        anyFixture,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (i, share, weightsOnly) => {
          const { bytes } = fixtures[i];
          attempt(bytes.slice(0, Math.floor(bytes.length * share)), weightsOnly, programs[i]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('changed bytes raise in known words', () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      byte: fc.integer({ min: 0, max: 255 }),
    });
    fc.assert(
      fc.property(
        anyFixture,
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (i, changes, weightsOnly) => {
          const bytes = fixtures[i].bytes.slice();
          for (const { at, byte } of changes) bytes[Math.floor(at * (bytes.length - 1))] = byte;
          attempt(bytes, weightsOnly, programs[i]);
        },
      ),
      { numRuns: 600 },
    );
  });

  test('any pickle raises in known words', () => {
    const opcode = fc.constantFrom(
      ...'().012FIJKLMNPQRSTUVXabcd}eghijlo]pqrst)uG\x80\x81\x85\x86\x87\x88\x89\x8a\x8c\x8f\x90\x91\x92\x93\x94\x95',
    );
    const name = fc.constantFrom(
      'collections\nOrderedDict\n',
      'torch._utils\n_rebuild_tensor_v2\n',
      '__main__\nNet\n',
      'torch\nSize\n',
    );
    const piece = fc.oneof(
      opcode,
      name,
      fc.string({ maxLength: 3 }),
      fc.integer({ min: 0, max: 255 }).map((n) => String.fromCharCode(n)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.boolean(), (pieces, weightsOnly) => {
        const pickle = Buffer.from(`${pieces.join('')}.`, 'latin1');
        attempt(new Uint8Array(pickle), weightsOnly, programs[0]);
        attempt(writeArchive('x', pickle, []), weightsOnly, programs[0]);
      }),
      { numRuns: 1500 },
    );
  });
});
