/** Opcodes that put a value of their own on the stack: numbers, texts, bytes, empty containers. */
import type { Instruction } from '../pickle/instructions';
import { limits } from '../refusal';
import { type Drafts, none, nothing } from './drafts';
import type { DescribedValue } from './pickle-types';

const yes: DescribedValue = { kind: 'bool', value: true };
const no: DescribedValue = { kind: 'bool', value: false };
/** Sizes and strides are made of these. */
const small = Array.from({ length: 1025 }, (_, n): DescribedValue => ({ kind: 'int', text: String(n) }));

/** First bytes of a bytes object that are kept. */
const HEAD = 64;

export function literalOf({ opcode, argument, position, end }: Instruction, drafts: Drafts): DescribedValue {
  switch (opcode.name) {
    case 'NONE':
      return none;
    case 'NEWTRUE':
      return yes;
    case 'NEWFALSE':
      return no;
    case 'EMPTY_LIST':
      return drafts.sequence('list', []);
    case 'EMPTY_TUPLE':
      return drafts.sequence('tuple', []);
    case 'EMPTY_SET':
      return drafts.sequence('set', []);
    case 'EMPTY_DICT':
      return drafts.dict('dict');
    case 'INT':
      if (argument === '00' || argument === '01') return argument === '01' ? yes : no;
      return int(String(argument), drafts);
    case 'LONG':
      return int(String(argument).replace(/L$/, ''), drafts);
    case 'FLOAT':
      return drafts.node({ kind: 'float', value: floatOf(String(argument)) });
    case 'LONG4':
      if (argument instanceof Uint8Array) return int(`0x${hexOf(argument)}`, drafts);
      return int(String(argument), drafts);
  }
  if (typeof argument === 'string') return text(argument, end - position, drafts);
  if (argument instanceof Uint8Array) {
    const mutable = opcode.name === 'BYTEARRAY8';
    return drafts.node({ kind: 'bytes', length: argument.length, head: argument.slice(0, HEAD), mutable });
  }
  if (typeof argument !== 'number') return argument === null ? nothing : int(String(argument), drafts);
  if (opcode.name === 'BINFLOAT') return drafts.node({ kind: 'float', value: argument });
  return small[argument] ?? int(String(argument), drafts);
}

function int(digits: string, drafts: Drafts): DescribedValue {
  const { shownText } = limits;
  const half = shownText / 2;
  const shown = digits.length > shownText ? `${digits.slice(0, half)}…${digits.slice(-half)}` : digits.trim();
  return drafts.node({ kind: 'int', text: shown });
}

function floatOf(line: string): number {
  if (/inf/i.test(line))
    return line.trim().startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(line);
}

/** `length` is in characters, or in bytes where the text is cut. */
function text(value: string, length: number, drafts: Drafts): DescribedValue {
  return drafts.node({ kind: 'str', value, length: length > limits.keptText ? length : value.length });
}

/** Of a long integer, as many digits as are shown. */
function hexOf(littleEndian: Uint8Array): string {
  const shown = littleEndian.slice(-limits.shownText).reverse();
  return Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
