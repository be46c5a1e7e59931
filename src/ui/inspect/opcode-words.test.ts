import { expect, test } from 'vitest';
import type { OpcodeRow, PickleDescription } from '../../notebook/views/inspection';
import { isRefused, opcodeWords } from './opcode-words';

const row = (name: string, mark: OpcodeRow['mark'], weight = 1) => ({ name, mark, weight }) as OpcodeRow;
const pickle = {
  globals: [{ module: 'os', name: 'system', verdict: 'unsafe' }],
} as unknown as PickleDescription;
const idOf = (opcode: OpcodeRow) => opcodeWords(opcode, isRefused(opcode), pickle)?.id;

test.each([
  ['REDUCE', 'calls', 'allowed', 'calls'],
  ['REDUCE', 'calls', 'unsafe', 'wouldCall'],
  ['NEWOBJ', 'makes', 'class', 'wouldMake'],
  ['NEWOBJ', 'makes', 'allowed', 'makes'],
  ['INST', 'makes', 'unsafe', 'wouldCall'],
  ['OBJ', 'makes', 'unsafe', 'wouldCall'],
] as const)('%s that %s something %s: %s', (name, id, verdict, words) => {
  expect(idOf(row(name, { id, params: { text: 'f()', verdict } }))).toBe(words);
});

test('a name is told with the module that would be imported', () => {
  const opcode = row('GLOBAL', { id: 'imports', params: { name: 'os.system', verdict: 'unsafe' } }, 3);
  expect(opcodeWords(opcode, true, pickle)).toEqual({
    id: 'wouldImport',
    params: { module: 'os', name: 'system' },
  });
});

test('what writes the memo says where', () => {
  const opcode = { ...row('BINPUT', null, 0), memo: { slot: 4, access: 'put' } } as OpcodeRow;
  expect(opcodeWords(opcode, false, pickle)).toEqual({ id: 'remembers', params: { slot: 4 } });
});
