/** The pickle virtual machine's instructions, protocols 0 to 5 (CPython: Lib/pickle.py, Lib/pickletools.py). */

/** What follows an opcode in the stream. `line2` is two lines: module and name. */
export type ArgumentFormat =
  | 'none'
  | 'u8'
  | 'u16'
  | 'i32'
  | 'u32'
  | 'u64'
  | 'f64'
  | 'line'
  | 'line2'
  | 'bytes8'
  | 'bytes32'
  | 'bytes32s'
  | 'bytes64'
  | 'text8'
  | 'text32'
  | 'text64';

export interface Opcode {
  readonly code: number;
  readonly name: string;
  readonly argument: ArgumentFormat;
}

const listed: readonly (readonly [string, string, ArgumentFormat])[] = [
  ['MARK', '(', 'none'],
  ['STOP', '.', 'none'],
  ['POP', '0', 'none'],
  ['POP_MARK', '1', 'none'],
  ['DUP', '2', 'none'],
  ['FLOAT', 'F', 'line'],
  ['INT', 'I', 'line'],
  ['BININT', 'J', 'i32'],
  ['BININT1', 'K', 'u8'],
  ['LONG', 'L', 'line'],
  ['BININT2', 'M', 'u16'],
  ['NONE', 'N', 'none'],
  ['PERSID', 'P', 'line'],
  ['BINPERSID', 'Q', 'none'],
  ['REDUCE', 'R', 'none'],
  ['STRING', 'S', 'line'],
  ['BINSTRING', 'T', 'bytes32s'],
  ['SHORT_BINSTRING', 'U', 'bytes8'],
  ['UNICODE', 'V', 'line'],
  ['BINUNICODE', 'X', 'text32'],
  ['APPEND', 'a', 'none'],
  ['BUILD', 'b', 'none'],
  ['GLOBAL', 'c', 'line2'],
  ['DICT', 'd', 'none'],
  ['EMPTY_DICT', '}', 'none'],
  ['APPENDS', 'e', 'none'],
  ['GET', 'g', 'line'],
  ['BINGET', 'h', 'u8'],
  ['INST', 'i', 'line2'],
  ['LONG_BINGET', 'j', 'u32'],
  ['LIST', 'l', 'none'],
  ['EMPTY_LIST', ']', 'none'],
  ['OBJ', 'o', 'none'],
  ['PUT', 'p', 'line'],
  ['BINPUT', 'q', 'u8'],
  ['LONG_BINPUT', 'r', 'u32'],
  ['SETITEM', 's', 'none'],
  ['TUPLE', 't', 'none'],
  ['EMPTY_TUPLE', ')', 'none'],
  ['SETITEMS', 'u', 'none'],
  ['BINFLOAT', 'G', 'f64'],
  ['PROTO', '\x80', 'u8'],
  ['NEWOBJ', '\x81', 'none'],
  ['EXT1', '\x82', 'u8'],
  ['EXT2', '\x83', 'u16'],
  ['EXT4', '\x84', 'i32'],
  ['TUPLE1', '\x85', 'none'],
  ['TUPLE2', '\x86', 'none'],
  ['TUPLE3', '\x87', 'none'],
  ['NEWTRUE', '\x88', 'none'],
  ['NEWFALSE', '\x89', 'none'],
  ['LONG1', '\x8a', 'bytes8'],
  ['LONG4', '\x8b', 'bytes32s'],
  ['BINBYTES', 'B', 'bytes32'],
  ['SHORT_BINBYTES', 'C', 'bytes8'],
  ['SHORT_BINUNICODE', '\x8c', 'text8'],
  ['BINUNICODE8', '\x8d', 'text64'],
  ['BINBYTES8', '\x8e', 'bytes64'],
  ['EMPTY_SET', '\x8f', 'none'],
  ['ADDITEMS', '\x90', 'none'],
  ['FROZENSET', '\x91', 'none'],
  ['NEWOBJ_EX', '\x92', 'none'],
  ['STACK_GLOBAL', '\x93', 'none'],
  ['MEMOIZE', '\x94', 'none'],
  ['FRAME', '\x95', 'u64'],
  ['BYTEARRAY8', '\x96', 'bytes64'],
  ['NEXT_BUFFER', '\x97', 'none'],
  ['READONLY_BUFFER', '\x98', 'none'],
];

export const opcodes: readonly Opcode[] = listed.map(([name, char, argument]) => ({
  code: char.charCodeAt(0),
  name,
  argument,
}));

export const opcodeOf: ReadonlyMap<number, Opcode> = new Map(opcodes.map((op) => [op.code, op]));

const codes = new Map(opcodes.map((op) => [op.name, op.code]));

/** Byte of an opcode by its name. */
export function code(name: string): number {
  const value = codes.get(name);
  if (value === undefined) throw new Error(`no opcode ${name}`);
  return value;
}

/** What the unpickler behind `weights_only=True` knows (torch/_weights_only_unpickler.py). */
export const weightsOnlyOpcodes: ReadonlySet<string> = new Set(
  (
    'NEWOBJ REDUCE BUILD APPEND APPENDS SETITEM SETITEMS MARK TUPLE TUPLE1 TUPLE2 TUPLE3 NONE NEWFALSE NEWTRUE EMPTY_TUPLE ' +
    'EMPTY_LIST EMPTY_DICT EMPTY_SET BINPERSID BININT BININT1 BININT2 BINFLOAT BINGET LONG_BINGET BINPUT LONG_BINPUT ' +
    'BINUNICODE SHORT_BINSTRING LONG1 PROTO STOP GLOBAL'
  ).split(' '),
);
