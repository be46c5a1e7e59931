/** A pickle as a list of instructions: nothing is executed, nothing imported. */
import { PythonError } from '../../errors';
import { limits } from '../refusal';
import { latin1, readableUtf8 } from '../utf8';
import { Cursor, decodeLong, smallInt } from './cursor';
import { type Opcode, opcodeOf } from './opcodes';
import { parseQuoted, rawUnicodeEscape } from './text-arguments';

export interface Instruction {
  readonly position: number;
  /** Behind the opcode and its argument. */
  readonly end: number;
  readonly opcode: Opcode;
  /** What follows the opcode: a number, text, bytes, or `[module, name]`; `null` for none. Text is cut at `limits.keptText`. */
  readonly argument: null | number | bigint | string | Uint8Array | readonly [string, string];
}

/** Yields instructions until STOP, the end, the limit, or a byte that is no opcode; returns the position after the last one. */
export function* instructions(
  bytes: Uint8Array,
  start = 0,
): Generator<Instruction, { end: number; stopped: boolean }> {
  const cursor = new Cursor(bytes, start);
  for (let count = 0; cursor.left > 0 && count < limits.opcodes; count++) {
    const position = cursor.at;
    const opcode = opcodeOf.get(cursor.read(1)[0]);
    const argument = opcode && argumentOf(cursor, opcode);
    if (!opcode || argument === undefined) return { end: position, stopped: false };
    yield { position, end: cursor.at, opcode, argument };
    if (opcode.name === 'STOP') return { end: cursor.at, stopped: true };
  }
  return { end: cursor.at, stopped: false };
}

const fixedSize: Partial<Record<Opcode['argument'], number>> = {
  u8: 1,
  u16: 2,
  i32: 4,
  u32: 4,
  u64: 8,
  f64: 8,
};
const lengthSize: Partial<Record<Opcode['argument'], number>> = {
  bytes8: 1,
  text8: 1,
  bytes32: 4,
  bytes32s: 4,
  text32: 4,
  bytes64: 8,
  text64: 8,
};

/** `undefined` where the bytes end early. */
function argumentOf(cursor: Cursor, { argument, name }: Opcode): Instruction['argument'] | undefined {
  if (argument === 'none') return null;
  if (argument === 'line') {
    const data = line(cursor);
    return data && lineText(data, name);
  }
  if (argument === 'line2') {
    const first = line(cursor);
    const second = first && line(cursor);
    return second && [lenientText(first), lenientText(second)];
  }
  const fixed = fixedSize[argument];
  if (fixed !== undefined) return cursor.left < fixed ? undefined : number(cursor, argument, fixed);
  const width = lengthSize[argument] as number;
  if (cursor.left < width) return undefined;
  const length = Number(number(cursor, width === 1 ? 'u8' : width === 4 ? 'u32' : 'u64', width));
  if (cursor.left < length) return undefined;
  const data = cursor.read(length);
  if (argument.startsWith('text')) return lenientText(data);
  if (name.endsWith('BINSTRING')) return lenientText(data);
  return name.startsWith('LONG') && length < 0x100 ? decodeLong(data) : data;
}

function number(cursor: Cursor, format: Opcode['argument'], size: number): number | bigint {
  const { view, at } = cursor;
  cursor.at += size;
  if (format === 'u8') return view.getUint8(at);
  if (format === 'u16') return view.getUint16(at, true);
  if (format === 'i32') return view.getInt32(at, true);
  if (format === 'u32') return view.getUint32(at, true);
  if (format === 'f64') return view.getFloat64(at, false);
  return smallInt(view.getBigUint64(at, true));
}

/** Without its newline. */
function line(cursor: Cursor): Uint8Array | undefined {
  const data = cursor.readline();
  return data[data.length - 1] === 0x0a ? data.subarray(0, -1) : undefined;
}

/** Texts come as what they say, since a name may be spelt in escapes; what is spelt wrongly comes as it stands. */
function lineText(data: Uint8Array, opcode: string): string {
  try {
    if (opcode === 'UNICODE') return rawUnicodeEscape(latin1(data.subarray(0, limits.keptText)));
    if (opcode === 'STRING') return lenientText(parseQuoted(latin1(data.subarray(0, limits.keptText))));
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
  }
  return lenientText(data);
}

/** A text of a gigabyte is no name, and nobody reads it to its end. */
export function lenientText(whole: Uint8Array): string {
  const data =
    whole.length > limits.keptText ? whole.subarray(0, characterEnd(whole, limits.keptText)) : whole;
  return readableUtf8(data);
}

/** The last position up to `at` that does not cut a character of UTF-8 in two. */
function characterEnd(data: Uint8Array, at: number): number {
  for (let end = at; end > at - 4; end--) if ((data[end] & 0xc0) !== 0x80) return end;
  return at;
}
