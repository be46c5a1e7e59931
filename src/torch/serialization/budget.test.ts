import { expect, test } from 'vitest';
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
