/** Recognising a tar archive as Python's tarfile does when it opens one (Lib/tarfile.py, `TarInfo.frombuf`). */

const BLOCK = 512;

/** A header whose checksum holds, or the empty block that ends an archive: a file of zeros is an empty tar. */
export function isTar(bytes: Uint8Array): boolean {
  if (bytes.length < BLOCK) return false;
  const header = bytes.subarray(0, BLOCK);
  if (header.every((byte) => byte === 0)) return true;
  const field = String.fromCharCode(...header.subarray(148, 156))
    .split('\0')[0]
    .trim();
  if (!/^[0-7]+$/.test(field)) return false;
  let sum = 0;
  for (const [i, byte] of header.entries()) sum += i >= 148 && i < 156 ? 0x20 : byte;
  return sum === Number.parseInt(field, 8);
}
