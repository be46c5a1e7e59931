/** What the values of a pickle take of a JavaScript engine's memory, about: one byte of a file can ask for a dict. */
import { PyBytes, PyDict, PySet, PyTuple, type PyValue } from '../../python/values';

export const costs = {
  instruction: 8,
  /** A place in a list, or in a stack, and the time to fill it. */
  reference: 32,
  /** A part of a key, whose hash takes longer than its bytes. */
  keyPart: 100,
  list: 64,
  dict: 300,
  memo: 48,
  /** Two bytes a character, in the longest case. */
  character: 2,
} as const;

const dicts = new Set([
  'EMPTY_DICT',
  'DICT',
  'EMPTY_SET',
  'FROZENSET',
  'REDUCE',
  'NEWOBJ',
  'NEWOBJ_EX',
  'OBJ',
  'INST',
]);
const lists = new Set([
  'EMPTY_LIST',
  'LIST',
  'EMPTY_TUPLE',
  'TUPLE',
  'TUPLE1',
  'TUPLE2',
  'TUPLE3',
  'BINFLOAT',
  'FLOAT',
]);

/** Of the value an instruction makes, without what its arguments took already. */
export function costOf(opcode: string): number {
  if (dicts.has(opcode)) return costs.dict;
  if (lists.has(opcode)) return costs.list;
  return opcode.endsWith('PUT') || opcode === 'MEMOIZE' ? costs.memo : costs.instruction;
}

/** Of the items that iterating over a value gives. */
export function iterationCost(value: PyValue): number {
  if (typeof value === 'string') return value.length * costs.reference;
  return value instanceof PyDict ? value.size * costs.reference : copyCost(value);
}

/** Of a copy of a value's own parts: what a call or a state takes over. */
export function copyCost(value: PyValue): number {
  if (typeof value === 'string') return value.length * costs.character;
  if (value instanceof PyBytes) return value.data.length;
  if (Array.isArray(value)) return value.length * costs.reference;
  if (value instanceof PyTuple) return value.items.length * costs.reference;
  if (value instanceof PyDict) return value.size * costs.reference * 4;
  return value instanceof PySet ? value.items.length * costs.reference * 4 : 0;
}
