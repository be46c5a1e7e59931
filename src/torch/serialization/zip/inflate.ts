/** DEFLATE (RFC 1951), for archives that were zipped again. Pure, bounded by the size the directory declares. */

/** The data is no DEFLATE stream, or ends early. */
export class InflateError extends Error {}

const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
/** Order in which code lengths of the code-length alphabet are stored. */
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MAX_BITS = 15;
/** Codes up to this long are found in one look; the few longer ones bit by bit. */
const LOOK_BITS = 10;

/** A canonical Huffman code. */
interface Huffman {
  /** How many codes of each length, and the symbols in code order. */
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
  /** By the next bits of the stream: symbol * 16 + length of its code, 0 where that is longer or there is none. */
  readonly look: Uint16Array;
}

/** Raises InflateError where the lengths leave codes over, or need more than there are; one code alone may (as in miniz). */
function huffman(lengths: readonly number[]): Huffman {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const offsets = new Uint16Array(MAX_BITS + 2);
  const codes = new Uint16Array(MAX_BITS + 2);
  let used = 0;
  let share = 0;
  for (let bits = 1; bits <= MAX_BITS; bits++) {
    offsets[bits + 1] = offsets[bits] + counts[bits];
    codes[bits + 1] = (codes[bits] + counts[bits]) << 1;
    used += counts[bits];
    share += counts[bits] / 2 ** bits;
  }
  if (share > 1 || (share < 1 && used > 1)) throw new InflateError('no such code');
  const symbols = new Uint16Array(used);
  const look = new Uint16Array(1 << LOOK_BITS);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    symbols[offsets[length]++] = symbol;
    const code = codes[length]++;
    if (length > LOOK_BITS) continue;
    const entry = (symbol << 4) | length;
    for (let bits = reversed(code, length); bits < look.length; bits += 1 << length) look[bits] = entry;
  }
  return { counts, symbols, look };
}

/** Codes are stored with their first bit lowest. */
function reversed(code: number, length: number): number {
  let out = 0;
  for (let bit = 0; bit < length; bit++) out |= ((code >> bit) & 1) << (length - 1 - bit);
  return out;
}
const fixedLiterals = huffman(
  Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
);
const fixedDistances = huffman(new Array(32).fill(5));

class BitReader {
  private readonly data: Uint8Array;
  private at = 0;
  private buffer = 0;
  private count = 0;

  constructor(data: Uint8Array) {
    this.data = data;
  }

  private fill(n: number): void {
    while (this.count < n && this.at < this.data.length) {
      this.buffer |= this.data[this.at++] << this.count;
      this.count += 8;
    }
  }

  private drop(n: number): void {
    if (n > this.count) throw new InflateError('out of data');
    this.buffer >>>= n;
    this.count -= n;
  }

  bits(n: number): number {
    this.fill(n);
    const value = this.buffer & ((1 << n) - 1);
    this.drop(n);
    return value;
  }

  symbol({ counts, symbols, look }: Huffman): number {
    this.fill(MAX_BITS);
    const found = look[this.buffer & (look.length - 1)];
    if (found !== 0) {
      this.drop(found & 15);
      return found >> 4;
    }
    let code = 0;
    let first = 0;
    let index = 0;
    for (let bits = 1; bits <= MAX_BITS; bits++) {
      code |= (this.buffer >>> (bits - 1)) & 1;
      const count = counts[bits];
      if (code - first < count) {
        this.drop(bits);
        return symbols[index + code - first];
      }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new InflateError('no such code');
  }

  /** Whole bytes after the rest of this byte is dropped. */
  bytes(n: number): Uint8Array {
    this.at -= this.count >> 3;
    this.buffer = 0;
    this.count = 0;
    if (this.at + n > this.data.length) throw new InflateError('out of data');
    this.at += n;
    return this.data.subarray(this.at - n, this.at);
  }
}

/** Raises InflateError unless `data` expands to exactly `size` bytes. With `most`, only so many from the start are looked at. */
export function inflate(data: Uint8Array, size: number, most = size): Uint8Array {
  const input = new BitReader(data);
  const out: Output = { bytes: new Uint8Array(Math.min(size, most)), at: 0, isPart: most < size };
  for (let last = false; !last; ) {
    last = input.bits(1) === 1;
    const kind = input.bits(2);
    if (kind === 0) {
      const header = input.bytes(4);
      const stored = input.bytes(header[0] | (header[1] << 8));
      const room = roomFor(out, stored.length);
      out.bytes.set(stored.subarray(0, room), out.at);
      out.at += room;
    } else if (kind === 1) block(input, out, fixedLiterals, fixedDistances);
    else if (kind === 2) block(input, out, ...dynamicCodes(input));
    else throw new InflateError('no such block');
    if (out.isPart && out.at === out.bytes.length) return out.bytes;
  }
  if (out.at !== out.bytes.length) throw new InflateError('too short');
  return out.bytes;
}

interface Output {
  readonly bytes: Uint8Array;
  at: number;
  /** More follows that nobody asked for. */
  readonly isPart: boolean;
}

/** How many of `length` bytes still fit. Raises InflateError where all of them should. */
function roomFor({ bytes, at, isPart }: Output, length: number): number {
  if (at + length <= bytes.length) return length;
  if (!isPart) throw new InflateError('too long');
  return bytes.length - at;
}

function block(input: BitReader, out: Output, literals: Huffman, distances: Huffman): void {
  const { bytes } = out;
  for (;;) {
    const symbol = input.symbol(literals);
    if (symbol === 256) return;
    if (symbol < 256) {
      if (roomFor(out, 1) === 0) return;
      bytes[out.at++] = symbol;
      continue;
    }
    if (symbol > 285) throw new InflateError('no such length');
    const length = lengthBase[symbol - 257] + input.bits(lengthExtra[symbol - 257]);
    const distanceSymbol = input.symbol(distances);
    if (distanceSymbol > 29) throw new InflateError('no such distance');
    const extra = Math.max(0, (distanceSymbol >> 1) - 1);
    const distance = distanceBase[distanceSymbol] + input.bits(extra);
    if (distance > out.at) throw new InflateError('out of range');
    const end = out.at + roomFor(out, length);
    if (distance === 1) bytes.fill(bytes[out.at - 1], out.at, end);
    else for (let at = out.at; at < end; at++) bytes[at] = bytes[at - distance];
    out.at = end;
    if (out.isPart && end === bytes.length) return;
  }
}

function dynamicCodes(input: BitReader): [Huffman, Huffman] {
  const literalCount = input.bits(5) + 257;
  const distanceCount = input.bits(5) + 1;
  const codeCount = input.bits(4) + 4;
  const codeLengths = new Array<number>(19).fill(0);
  for (let i = 0; i < codeCount; i++) codeLengths[lengthOrder[i]] = input.bits(3);
  const code = huffman(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < literalCount + distanceCount) {
    const symbol = input.symbol(code);
    if (symbol < 16) lengths.push(symbol);
    else {
      if (symbol === 16 && lengths.length === 0) throw new InflateError('nothing to repeat');
      const value = symbol === 16 ? lengths[lengths.length - 1] : 0;
      const times =
        symbol === 16 ? 3 + input.bits(2) : symbol === 17 ? 3 + input.bits(3) : 11 + input.bits(7);
      for (let i = 0; i < times; i++) lengths.push(value);
    }
  }
  return [
    huffman(lengths.slice(0, literalCount)),
    huffman(lengths.slice(literalCount, literalCount + distanceCount)),
  ];
}
