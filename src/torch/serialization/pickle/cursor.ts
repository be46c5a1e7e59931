/** Reading a pickle's bytes. Each unpickler says in its own words what is wrong when they end early. */

export class Cursor {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** Up to n bytes, fewer at the end: as a Python file reads. */
  read(n: number): Uint8Array {
    const data = this.bytes.subarray(this.at, this.at + n);
    this.at += data.length;
    return data;
  }

  /** A line with its newline, or the rest. */
  readline(): Uint8Array {
    const end = this.bytes.indexOf(0x0a, this.at);
    return this.read((end === -1 ? this.bytes.length : end + 1) - this.at);
  }
}

/** Two's complement, little-endian, of any length (Lib/pickle.py, `decode_long`). */
export function decodeLong(data: Uint8Array): number | bigint {
  if (data.length === 0) return 0;
  // Through hex digits: shifting in byte by byte would take the square of the length.
  const digits = Array.from(data, (byte) => byte.toString(16).padStart(2, '0'));
  let value = BigInt(`0x${digits.reverse().join('')}`);
  if (data[data.length - 1] & 0x80) value -= 1n << BigInt(data.length * 8);
  return smallInt(value);
}

/** An int as a number while that is exact. */
export function smallInt(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;
}
