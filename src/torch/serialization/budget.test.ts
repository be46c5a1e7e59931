import { describe, expect, test } from 'vitest';
import { PythonError } from '../errors';
import { Program } from '../program/program';
import { loadHost } from './load-host';
import { CUnpickler } from './pickle/c-unpickler';
import { Cursor } from './pickle/cursor';
import { RestrictedUnpickler } from './pickle/restricted-unpickler';
import { Refusal } from './refusal';

const host = {
  persistentLoad: () => null,
  instantiate: () => null,
  warn: () => undefined,
  findClass: (module: string, name: string) => {
    throw new Error(`${module}.${name}`);
  },
};

/** `[bytearray(n), bytearray(n), ...]`, each of a quarter of what a load may take. */
function greedy(times: number): Uint8Array {
  const one = 'c__builtin__\nbytearray\n(J\x00\x00\x00\x04tR';
  return Uint8Array.from(`\x80\x02](${one.repeat(times)}e.`, (char) => char.charCodeAt(0));
}

test('a pickle that asks again and again is stopped at the sum', () => {
  expect(new RestrictedUnpickler(new Cursor(greedy(1)), host).load()).toHaveLength(1);
  expect(() => new RestrictedUnpickler(new Cursor(greedy(5)), host).load()).toThrow(Refusal);
});

test('a set of many items is added to, not searched', () => {
  const items = 200_000;
  const bytes = new Uint8Array(4 + 5 * items + 2);
  bytes.set([0x80, 4, 0x8f, 0x28]);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < items; i++) {
    view.setUint8(4 + 5 * i, 'J'.charCodeAt(0));
    view.setInt32(5 + 5 * i, i, true);
  }
  bytes.set([0x90, 0x2e], 4 + 5 * items);
  const set = new CUnpickler(new Cursor(bytes), host).load();
  expect(set).toMatchObject({ frozen: false });
  expect((set as { items: unknown[] }).items).toHaveLength(items);
});

describe('a pickle that copies what it has, again and again, is stopped in time', () => {
  const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
  const real = loadHost({
    program: new Program(),
    persistentLoad: () => null,
    warn: () => undefined,
    allGlobals: () => [],
  });
  const times = 30_000;
  const text = `X\x50\xc3\0\0${'a'.repeat(50_000)}q\0`;
  const list = `](${'K\x01'.repeat(50_000)}eq\0`;
  const dict = `}(${Array.from({ length: 5000 }, (_, i) => `M${String.fromCharCode(i & 255, i >> 8)}N`).join('')}uq\0`;
  const nested = `)q\0${Array.from({ length: 13 }, () => 'h\0h\0\x86q\0').join('')}`;
  const modules = Array.from(
    { length: 240 },
    () => 'ctorch.nn.modules.container\nSequential\n)\x81q\x01}X\x08\0\0\0_modules}U\x01ah\0ssbh\x01q\0',
  ).join('');

  test.each([
    ['a text to a list', `${text}${'c__builtin__\nlist\nh\0\x85R0'.repeat(times)}`],
    ['a list to a set', `${list}${'c__builtin__\nset\nh\0\x85R0'.repeat(times)}`],
    ['a list to a Size', `${list}${'ctorch\nSize\nh\0\x85R0'.repeat(times)}`],
    ['a list to a bytearray', `${list}${'c__builtin__\nbytearray\nh\0\x85R0'.repeat(times)}`],
    ['a text to bytes', `${text}${'c_codecs\nencode\nh\0U\x06latin1\x86R0'.repeat(times)}`],
    ['a dict to an OrderedDict', `${dict}${'ccollections\nOrderedDict\nh\0\x85R0'.repeat(times)}`],
    ['a dict as arguments', `${dict}${'ctorch\nSize\nh\0R0'.repeat(times)}`],
    ['a state', `${dict}ccollections\nOrderedDict\n)R${'h\0b'.repeat(times)}`],
    ['a key of many parts', `${nested}}${'h\0Ns'.repeat(times)}`],
    ['a long key', `${text}}${'h\0Ns'.repeat(times)}`],
    ['a tree of modules', `Nq\0${modules}h\0${'}b'.repeat(times)}`],
  ])(
    '%s',
    (_, pickle) => {
      const start = process.cpuUsage();
      for (const Unpickler of [RestrictedUnpickler, CUnpickler]) {
        try {
          new Unpickler(new Cursor(latin1(`${pickle}.`)), real).load();
        } catch (error) {
          if (!(error instanceof Refusal || error instanceof PythonError)) throw error;
        }
      }
      // Both together, in this process's own time: a minute or more where nothing stops them.
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1e6).toBeLessThan(6);
    },
    60_000,
  );
});
