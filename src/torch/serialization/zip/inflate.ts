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

/** A canonical Huffman code: how many codes of each length, and the symbols in code order. */
interface Huffman {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

function huffman(lengths: readonly number[]): Huffman {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const offsets = new Uint16Array(MAX_BITS + 2);
  for (let bits = 1; bits <= MAX_BITS; bits++) offsets[bits + 1] = offsets[bits] + counts[bits];
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) if (length > 0) symbols[offsets[length]++] = symbol;
  return { counts, symbols };
}

const fixedLiterals = huffman(
  Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
);
const fixedDistances = huffman(new Array(30).fill(5));

class BitReader {
  private readonly data: Uint8Array;
  private at = 0;
  private buffer = 0;
  private count = 0;

  constructor(data: Uint8Array) {
    this.data = data;
  }

  bits(n: number): number {
    while (this.count < n) {
      if (this.at >= this.data.length) throw new InflateError('out of data');
      this.buffer |= this.data[this.at++] << this.count;
      this.count += 8;
    }
    const value = this.buffer & ((1 << n) - 1);
    this.buffer >>>= n;
    this.count -= n;
    return value;
  }

  symbol({ counts, symbols }: Huffman): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let bits = 1; bits <= MAX_BITS; bits++) {
      code |= this.bits(1);
      const count = counts[bits];
      if (code - first < count) return symbols[index + code - first];
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

/** Raises InflateError unless `data` expands to exactly `size` bytes. */
export function inflate(data: Uint8Array, size: number): Uint8Array {
  const input = new BitReader(data);
  const out = new Uint8Array(size);
  let at = 0;
  for (let last = false; !last; ) {
    last = input.bits(1) === 1;
    const kind = input.bits(2);
    if (kind === 0) {
      const header = input.bytes(4);
      const length = header[0] | (header[1] << 8);
      if (at + length > size) throw new InflateError('too long');
      out.set(input.bytes(length), at);
      at += length;
    } else if (kind === 1) at = block(input, out, at, fixedLiterals, fixedDistances);
    else if (kind === 2) {
      const [literals, distances] = dynamicCodes(input);
      at = block(input, out, at, literals, distances);
    } else throw new InflateError('no such block');
  }
  if (at !== size) throw new InflateError('too short');
  return out;
}

function block(
  input: BitReader,
  out: Uint8Array,
  start: number,
  literals: Huffman,
  distances: Huffman,
): number {
  let at = start;
  for (;;) {
    const symbol = input.symbol(literals);
    if (symbol === 256) return at;
    if (symbol < 256) {
      if (at >= out.length) throw new InflateError('too long');
      out[at++] = symbol;
      continue;
    }
    if (symbol > 285) throw new InflateError('no such length');
    const length = lengthBase[symbol - 257] + input.bits(lengthExtra[symbol - 257]);
    const distanceSymbol = input.symbol(distances);
    if (distanceSymbol > 29) throw new InflateError('no such distance');
    const extra = Math.max(0, (distanceSymbol >> 1) - 1);
    const distance = distanceBase[distanceSymbol] + input.bits(extra);
    if (distance > at || at + length > out.length) throw new InflateError('out of range');
    for (let i = 0; i < length; i++, at++) out[at] = out[at - distance];
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
