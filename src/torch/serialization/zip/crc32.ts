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

/** Little-endian words, in pairs: so are all machines that browsers run on. */
function ofWords(before: number, words: Int32Array): number {
  let c = before;
  for (let k = 0; k < words.length; k += 2) {
    const a = c ^ words[k];
    const b = words[k + 1];
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
