/** Integers as protocol 2 writes them (Modules/_pickle.c, save_long): the shortest opcode that holds the value. */
import type { ByteSink } from './byte-sink';

export function writeInt(out: ByteSink, value: bigint): void {
  if (value >= 0n && value < 0x100n) out.ascii('K').u8(Number(value));
  else if (value >= 0n && value < 0x10000n) out.ascii('M').u16(Number(value));
  else if (value >= -0x80000000n && value < 0x80000000n) out.ascii('J').i32(Number(value));
  else {
    const bytes = longBytes(value);
    if (bytes.length < 0x100) out.u8(0x8a).u8(bytes.length);
    else out.u8(0x8b).u32(bytes.length);
    out.raw(Uint8Array.from(bytes));
  }
}

/** Two's complement, little-endian, in as few bytes as Python writes (Lib/pickle.py, `encode_long`). */
function longBytes(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = Number(rest & 0xffn);
    bytes.push(byte);
    rest >>= 8n;
    if ((rest === 0n && byte < 0x80) || (rest === -1n && byte >= 0x80)) return bytes;
  }
}
