/** CRC-32 as zip records it (polynomial 0xEDB88320), eight table steps at a time. */

const SLICES = 8;
let tables: Uint32Array[] | null = null;

function makeTables(): Uint32Array[] {
  const first = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    first[n] = c;
  }
  const all = [first];
  for (let s = 1; s < SLICES; s++) {
    const before = all[s - 1];
    all.push(Uint32Array.from(before, (c) => first[c & 0xff] ^ (c >>> 8)));
  }
  return all;
}

export function crc32(data: Uint8Array): number {
  // Not before they are needed: the page opens without.
  tables ??= makeTables();
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables;
  let c = 0xffffffff;
  let i = 0;
  for (const end = data.length - 7; i < end; i += SLICES) {
    c ^= data[i] | (data[i + 1] << 8) | (data[i + 2] << 16) | (data[i + 3] << 24);
    c =
      t7[c & 0xff] ^
      t6[(c >>> 8) & 0xff] ^
      t5[(c >>> 16) & 0xff] ^
      t4[c >>> 24] ^
      t3[data[i + 4]] ^
      t2[data[i + 5]] ^
      t1[data[i + 6]] ^
      t0[data[i + 7]];
  }
  for (; i < data.length; i++) c = t0[(c ^ data[i]) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
