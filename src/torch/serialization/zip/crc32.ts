/** CRC-32 as zip records it (polynomial 0xEDB88320), eight bytes at a time. */

const SLICES = 8;
/** Each a constant of its own: out of an array they would be looked up anew for every word. */
const [t0, t1, t2, t3, t4, t5, t6, t7] = makeTables();

function makeTables(): Int32Array[] {
  const first = new Int32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    first[n] = c;
  }
  const all = [first];
  for (let s = 1; s < SLICES; s++) {
    const before = all[s - 1];
    all.push(Int32Array.from(before, (c) => first[c & 0xff] ^ (c >>> 8)));
  }
  return all;
}

/** `before` is the checksum of what lies in front of `data`. */
export function crc32(data: Uint8Array, before = 0): number {
  const start = Math.min(-data.byteOffset & 3, data.length);
  const count = ((data.length - start) >> 3) * 2;
  const end = start + 4 * count;
  let c = ofBytes(~before, data.subarray(0, start));
  if (count > 0) c = ofWords(c, new Int32Array(data.buffer, data.byteOffset + start, count));
  return ~ofBytes(c, data.subarray(end)) >>> 0;
}

function ofBytes(before: number, data: Uint8Array): number {
  let c = before;
  for (let i = 0; i < data.length; i++) c = t0[(c ^ data[i]) & 0xff] ^ (c >>> 8);
  return c;
}

/** Words of one lane, and lanes of one block. Little-endian words: so are all machines that browsers run on. */
const LANE = 2048;
const LANES = 4;

function ofWords(before: number, words: Int32Array): number {
  let c = before;
  let at = 0;
  for (; at + LANES * LANE <= words.length; at += LANES * LANE) c = ofBlock(c, words, at);
  for (; at < words.length; at += 2) {
    const a = c ^ words[at];
    const b = words[at + 1];
    c =
      t7[a & 0xff] ^
      t6[(a >>> 8) & 0xff] ^
      t5[(a >>> 16) & 0xff] ^
      t4[a >>> 24] ^
      t3[b & 0xff] ^
      t2[(b >>> 8) & 0xff] ^
      t1[(b >>> 16) & 0xff] ^
      t0[b >>> 24];
  }
  return c;
}

/** Four stretches at once: each step waits for the one before, and a processor can do another lane's meanwhile. */
function ofBlock(before: number, words: Int32Array, from: number): number {
  let c = before;
  let [d, e, f] = [0, 0, 0];
  for (let at = from; at < from + LANE; at++) {
    c = ofWord(c ^ words[at]);
    d = ofWord(d ^ words[at + LANE]);
    e = ofWord(e ^ words[at + 2 * LANE]);
    f = ofWord(f ^ words[at + 3 * LANE]);
  }
  return pastLane(pastLane(pastLane(c) ^ d) ^ e) ^ f;
}

function ofWord(a: number): number {
  return t3[a & 0xff] ^ t2[(a >>> 8) & 0xff] ^ t1[(a >>> 16) & 0xff] ^ t0[a >>> 24];
}

/** What a checksum becomes over a lane of zeros, byte by byte of it: adding up lanes needs no more. */
let zeroLane: readonly Int32Array[] | null = null;

function pastLane(c: number): number {
  zeroLane ??= zeroLaneTables();
  const [z0, z1, z2, z3] = zeroLane;
  return z0[c & 0xff] ^ z1[(c >>> 8) & 0xff] ^ z2[(c >>> 16) & 0xff] ^ z3[c >>> 24];
}

function zeroLaneTables(): Int32Array[] {
  const ofBit = Array.from({ length: 32 }, (_, bit) => {
    let c = 1 << bit;
    for (let word = 0; word < LANE; word++) c = ofWord(c);
    return c;
  });
  return [0, 8, 16, 24].map((shift) =>
    Int32Array.from({ length: 256 }, (_, byte) =>
      ofBit.slice(shift, shift + 8).reduce((sum, value, bit) => (byte & (1 << bit) ? sum ^ value : sum), 0),
    ),
  );
}
