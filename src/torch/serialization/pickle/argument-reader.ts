/** Arguments of opcodes, read with the errors of CPython's C implementation (Modules/_pickle.c). */
import { PythonError } from '../../errors';
import { latin1 } from '../utf8';
import type { Cursor } from './cursor';

export function unpicklingError(message: string): PythonError {
  return new PythonError('UnpicklingError', message);
}

/** Raises UnpicklingError `pickle data was truncated` where the bytes end too soon. */
export class ArgumentReader {
  private readonly cursor: Cursor;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  get left(): number {
    return this.cursor.left;
  }

  read(size: number): Uint8Array {
    if (size > this.cursor.left) throw unpicklingError('pickle data was truncated');
    return this.cursor.read(size);
  }

  field(size: number): DataView {
    const data = this.read(size);
    return new DataView(data.buffer, data.byteOffset, size);
  }

  u8(): number {
    return this.read(1)[0];
  }

  u32(): number {
    return this.field(4).getUint32(0, true);
  }

  u64(): number {
    return Number(this.field(8).getBigUint64(0, true));
  }

  signedLength(): number {
    const length = this.field(4).getInt32(0, true);
    if (length < 0) throw unpicklingError('BINSTRING pickle has negative byte count');
    return length;
  }

  /** Without its newline. */
  line(): Uint8Array {
    const data = this.cursor.readline();
    if (data[data.length - 1] !== 0x0a) throw unpicklingError('pickle data was truncated');
    return data.subarray(0, -1);
  }

  decimal(): number {
    const text = latin1(this.line()).trim();
    if (!/^[-+]?\d+$/.test(text)) {
      throw new PythonError('ValueError', `invalid literal for int() with base 10: '${text}'`);
    }
    const value = Number(text);
    if (value < 0) throw new PythonError('ValueError', 'negative PUT argument');
    return value;
  }
}
