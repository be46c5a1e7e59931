/**
 * The central directory of a zip, read and checked as miniz does for `torch.load` (third_party/miniz, mz_zip_reader_init):
 * the same files are refused for the same reasons.
 */
import { latin1 } from '../utf8';

const END = 22;
const ZIP64_LOCATOR = 20;
const ZIP64_END = 56;
const ENTRY = 46;
/** The end record is looked for this far from the end: its comment may be as long as 64 KiB. */
const SEARCH = 0xffff + END;

/** miniz's own words (mz_zip_get_error_string). */
export type ZipProblem =
  | 'not a ZIP archive'
  | 'failed finding central directory'
  | 'unsupported multidisk archive'
  | 'invalid header or archive is corrupted';

export class ZipError extends Error {
  readonly problem: ZipProblem;
  constructor(problem: ZipProblem) {
    super(problem);
    this.problem = problem;
  }
}

export interface ZipEntry {
  /** As stored, one character a byte. */
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly compressed: number;
  readonly size: number;
  readonly crc: number;
  readonly headerOffset: number;
}

/** Where the end records say the directory is. */
interface Directory {
  readonly start: number;
  readonly size: number;
  readonly count: number;
  readonly thisDisk: number;
}

/** Entries in directory order. Raises ZipError. */
export function readDirectory(bytes: Uint8Array): ZipEntry[] {
  if (bytes.length < END) throw new ZipError('not a ZIP archive');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  let count = view.getUint16(end + 10, true);
  let countHere = view.getUint16(end + 8, true);
  let disk = view.getUint16(end + 4, true);
  let directoryDisk = view.getUint16(end + 6, true);
  let size = view.getUint32(end + 12, true);
  let offset = view.getUint32(end + 16, true);
  const wide = findZip64End(view, end);
  if (wide !== null) {
    disk = view.getUint32(wide + 16, true);
    directoryDisk = view.getUint32(wide + 20, true);
    countHere = u64(view, wide + 24);
    count = u64(view, wide + 32);
    size = u64(view, wide + 40);
    offset = u64(view, wide + 48);
  }
  const oneDisk = (disk === 0 && directoryDisk === 0) || (disk === 1 && directoryDisk === 1);
  if (countHere !== count || !oneDisk) throw new ZipError('unsupported multidisk archive');
  if (size < count * ENTRY || offset + size > bytes.length)
    throw new ZipError('invalid header or archive is corrupted');
  return readEntries(bytes, view, { start: offset, size, count, thisDisk: disk });
}

function findEnd(view: DataView): number {
  const last = view.byteLength - END;
  for (let at = last; at >= Math.max(0, last - SEARCH); at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  throw new ZipError('failed finding central directory');
}

function findZip64End(view: DataView, end: number): number | null {
  const locator = end - ZIP64_LOCATOR;
  if (locator < ZIP64_END || view.getUint32(locator, true) !== 0x07064b50) return null;
  const at = u64(view, locator + 8);
  if (at > view.byteLength - ZIP64_END || view.getUint32(at, true) !== 0x06064b50) return null;
  if (view.getUint32(locator + 16, true) !== 1) throw new ZipError('unsupported multidisk archive');
  return at;
}

function readEntries(bytes: Uint8Array, view: DataView, directory: Directory): ZipEntry[] {
  const { start, size, count, thisDisk } = directory;
  const corrupted = new ZipError('invalid header or archive is corrupted');
  const entries: ZipEntry[] = [];
  const end = start + size;
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + ENTRY > end || view.getUint32(at, true) !== 0x02014b50) throw corrupted;
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const total = ENTRY + nameLength + extraLength + view.getUint16(at + 32, true);
    if (at + total > end) throw corrupted;
    const entry = {
      name: latin1(bytes.subarray(at + ENTRY, at + ENTRY + nameLength)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...wideFields(view, at, nameLength, extraLength),
    };
    const { method, compressed, size: declared } = entry;
    if ((method === 0 && compressed !== declared) || (declared > 0 && compressed === 0)) throw corrupted;
    const disk = view.getUint16(at + 34, true);
    if (disk !== thisDisk && disk !== 1) throw new ZipError('unsupported multidisk archive');
    if (entry.headerOffset + 30 + compressed > bytes.length) throw corrupted;
    entries.push(entry);
    at += total;
  }
  return entries;
}

/** Sizes and offset, from the zip64 extra field where the entry says 0xFFFFFFFF. */
function wideFields(
  view: DataView,
  at: number,
  nameLength: number,
  extraLength: number,
): Pick<ZipEntry, 'compressed' | 'size' | 'headerOffset'> {
  const fields = [24, 20, 42].map((offset) => view.getUint32(at + offset, true));
  if (fields.includes(0xffffffff)) {
    const extraStart = at + ENTRY + nameLength;
    for (let p = extraStart; p + 4 <= extraStart + extraLength; p += 4 + view.getUint16(p + 2, true)) {
      if (view.getUint16(p, true) !== 1) continue;
      let q = p + 4;
      const stop = Math.min(q + view.getUint16(p + 2, true), extraStart + extraLength);
      for (const [i, field] of fields.entries()) {
        if (field !== 0xffffffff) continue;
        if (q + 8 > stop) throw new ZipError('invalid header or archive is corrupted');
        fields[i] = u64(view, q);
        q += 8;
      }
      break;
    }
  }
  const [size, compressed, headerOffset] = fields;
  return { size, compressed, headerOffset };
}

/** Beyond 2**53 no file can be: such a field is larger than any archive and fails the checks it meets. */
function u64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
