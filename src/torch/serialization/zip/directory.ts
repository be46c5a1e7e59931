/**
 * The central directory of a zip, read and checked as miniz does for `torch.load` (third_party/miniz, mz_zip_reader_init):
 * the same files are refused for the same reasons.
 */
import { type Reading, readFrom } from '../byte-source';
import { LimitRefusal, limits } from '../refusal';
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

/** Entries in directory order, of a file of so many bytes. Raises ZipError; Refusal for a directory beyond the limits. */
export function* directoryEntries(fileSize: number): Reading<ZipEntry[]> {
  if (fileSize < END) throw new ZipError('not a ZIP archive');
  const directory = yield* readEnd(fileSize);
  const { start, size, count } = directory;
  if (size < count * ENTRY || start + size > fileSize) throw corrupted();
  if (count > limits.entries) throw new LimitRefusal('entries', `${count} records`);
  if (size > limits.directoryBytes) throw new LimitRefusal('directoryBytes', `a directory of ${size} bytes`);
  return entriesOf(yield [start, start + size], directory, fileSize);
}

/** The same of a file in memory. */
export function readDirectory(bytes: Uint8Array): ZipEntry[] {
  return readFrom(bytes, directoryEntries(bytes.length));
}

function corrupted(): ZipError {
  return new ZipError('invalid header or archive is corrupted');
}

/** The end record, in place of which the zip64 one counts where there is one. */
function* readEnd(fileSize: number): Reading<Directory> {
  const last = fileSize - END;
  const tailStart = Math.max(0, last - SEARCH - ZIP64_LOCATOR);
  const tail = viewOf(yield [tailStart, fileSize]);
  const end = findEnd(tail, Math.max(0, last - SEARCH) - tailStart);
  const locator = end - ZIP64_LOCATOR;
  const wide =
    locator + tailStart >= ZIP64_END && tail.getUint32(locator, true) === 0x07064b50
      ? yield* readZip64End(tail, locator, fileSize)
      : null;
  const fields = wide ?? {
    disk: tail.getUint16(end + 4, true),
    directoryDisk: tail.getUint16(end + 6, true),
    countHere: tail.getUint16(end + 8, true),
    count: tail.getUint16(end + 10, true),
    size: tail.getUint32(end + 12, true),
    start: tail.getUint32(end + 16, true),
  };
  const { disk, directoryDisk, countHere, count, size, start } = fields;
  const oneDisk = (disk === 0 && directoryDisk === 0) || (disk === 1 && directoryDisk === 1);
  if (countHere !== count || !oneDisk) throw new ZipError('unsupported multidisk archive');
  return { start, size, count, thisDisk: disk };
}

function findEnd(tail: DataView, first: number): number {
  for (let at = tail.byteLength - END; at >= first; at--) {
    if (tail.getUint32(at, true) === 0x06054b50) return at;
  }
  throw new ZipError('failed finding central directory');
}

interface EndFields extends Omit<Directory, 'thisDisk'> {
  readonly disk: number;
  readonly directoryDisk: number;
  readonly countHere: number;
}

function* readZip64End(tail: DataView, locator: number, fileSize: number): Reading<EndFields | null> {
  const at = u64(tail, locator + 8);
  if (at > fileSize - ZIP64_END) return null;
  const view = viewOf(yield [at, at + ZIP64_END]);
  if (view.getUint32(0, true) !== 0x06064b50) return null;
  if (tail.getUint32(locator + 16, true) !== 1) throw new ZipError('unsupported multidisk archive');
  return {
    disk: view.getUint32(16, true),
    directoryDisk: view.getUint32(20, true),
    countHere: u64(view, 24),
    count: u64(view, 32),
    size: u64(view, 40),
    start: u64(view, 48),
  };
}

function entriesOf(bytes: Uint8Array, { count, thisDisk }: Directory, fileSize: number): ZipEntry[] {
  const view = viewOf(bytes);
  const end = bytes.length;
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + ENTRY > end || view.getUint32(at, true) !== 0x02014b50) throw corrupted();
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const total = ENTRY + nameLength + extraLength + view.getUint16(at + 32, true);
    if (at + total > end) throw corrupted();
    const entry = {
      name: latin1(bytes.subarray(at + ENTRY, at + ENTRY + nameLength)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...wideFields(view, at, nameLength, extraLength),
    };
    const { method, compressed, size: declared } = entry;
    if ((method === 0 && compressed !== declared) || (declared > 0 && compressed === 0)) throw corrupted();
    const disk = view.getUint16(at + 34, true);
    if (disk !== thisDisk && disk !== 1) throw new ZipError('unsupported multidisk archive');
    if (entry.headerOffset + 30 + compressed > fileSize) throw corrupted();
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

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Beyond 2**53 no file can be: such a field is larger than any archive and fails the checks it meets. */
function u64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
