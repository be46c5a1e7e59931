/**
 * `PyTorchStreamReader` (caffe2/serialize/inline_container.cc): the records of a checkpoint, by name. It reads by ranges;
 * `ArchiveReader` is the one for a file in memory.
 */
import { PythonError } from '../../errors';
import { Budget } from '../budget';
import type { Reading } from '../byte-source';
import { LimitRefusal, limits } from '../refusal';
import { decodeUtf8, encodeUtf8, latin1 } from '../utf8';
import { directoryEntries, viewOf, type ZipEntry, ZipError } from './directory';
import { InflateError, inflate } from './inflate';

export const LOCAL_HEADER = 30;
const minimumVersion = 1;
const maximumVersion = 10;
/** Line of inline_container.cc that `CAFFE_THROW` and `CAFFE_ENFORCE` show; it moves between builds. */
const enforceFail = (line: number, text: string, name = ''): PythonError =>
  new PythonError('RuntimeError', fromUtf8(`[enforce fail at inline_container.cc:${line}] . ${text}${name}`));

/** What every failure of the reader says, with miniz's own words in the middle. */
function failed(doing: string, problem: string): PythonError {
  return new PythonError(
    'RuntimeError',
    `PytorchStreamReader failed ${doing}: ${problem}. This is an internal miniz error. If you are seeing this error, ` +
      'there is a high likelihood that your checkpoint file is corrupted. This can happen if the checkpoint was not saved ' +
      'properly, was transferred incorrectly, or the file was modified after saving.',
  );
}

/** True for what `torch.load` treats as a zip: the signature of a local header at the start. */
export function isZip(bytes: Uint8Array): boolean {
  return (
    bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04
  );
}

export class Archive {
  private readonly fileSize: number;
  private readonly byName = new Map<string, ZipEntry>();
  private readonly inflated = new Budget('inflatedBytes');
  readonly entries: readonly ZipEntry[];
  /** The folder all records are in, without slash. */
  readonly folder: string;

  private constructor(fileSize: number, entries: readonly ZipEntry[]) {
    this.fileSize = fileSize;
    this.entries = entries;
    // Lookup ignores case, and of two equal names finds the first.
    for (const entry of entries) {
      const key = foldCase(entry.name);
      if (!this.byName.has(key)) this.byName.set(key, entry);
    }
    if (entries.length === 0) throw enforceFail(171, 'archive does not contain any files');
    const first = entries[0].name;
    const slash = first.indexOf('/');
    if (slash === -1) throw enforceFail(180, 'file in archive is not in a subdirectory: ', first);
    this.folder = first.slice(0, slash);
  }

  /** Opens and checks as the C++ reader does; raises RuntimeError in its words. */
  static *open(fileSize: number): Reading<Archive> {
    const archive = new Archive(fileSize, yield* directoryOf(fileSize));
    if (archive.has('.data/serialization_id')) yield* archive.setting('.data/serialization_id');
    yield* archive.checkVersion();
    return archive;
  }

  private *checkVersion(): Reading<void> {
    if (!this.has('version')) {
      throw new PythonError(
        'RuntimeError',
        'Expected hasRecord("version") to be true, but got false.  ' +
          '(Could this error message be improved?  If so, please report an enhancement request to PyTorch.)',
      );
    }
    const text = latin1(yield* this.setting('version'));
    const digits = /^\s*[-+]?\d+/.exec(text);
    if (!digits) throw enforceFail(215, `Couldn't parse the version ${text} as Long Long.`);
    const version = Number(digits[0]);
    if (version < minimumVersion) {
      throw enforceFail(
        219,
        `Attempted to read a PyTorch file with version ${version}, but the minimum supported version for reading is ` +
          `${minimumVersion}. Your PyTorch script module file is too old. Please regenerate it with latest version of ` +
          'PyTorch to mitigate this issue.',
      );
    }
    if (version > maximumVersion) {
      throw enforceFail(
        230,
        `Attempted to read a PyTorch file with version ${version}, but the maximum supported version for reading is ` +
          `${maximumVersion}. The version of your PyTorch installation may be too old, please upgrade PyTorch to latest ` +
          'version to mitigate this issue.',
      );
    }
  }

  private find(name: string): ZipEntry | undefined {
    return this.byName.get(foldCase(`${this.folder}/${latin1(encodeUtf8(name))}`));
  }

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  /** Names of all records without the folder. Raises RuntimeError when one is outside it. */
  allRecords(): string[] {
    return this.entries.map(({ name }) => {
      if (!name.startsWith(`${this.folder}/`)) {
        throw enforceFail(340, `file in archive is not in a subdirectory ${this.folder}/: `, name);
      }
      return fromUtf8(name.slice(this.folder.length + 1));
    });
  }

  /** Declared size in bytes of a record. */
  sizeOf(name: string): number {
    return this.locate(name).size;
  }

  /** Raises RuntimeError for a record that is not there, or stored in a way the reader does not take. */
  locate(name: string): ZipEntry {
    const entry = this.find(name);
    if (!entry) throw failed(`locating file ${name}`, 'file not found');
    checkMethod(entry, name);
    return entry;
  }

  /** Where a record's data starts in the file. */
  offsetOf(name: string): Reading<number> {
    return dataOffset(this.locate(name), name, this.fileSize);
  }

  /** A record of a few characters that says how to read the others. Raises Refusal where it holds more than that. */
  *setting(name: string): Reading<Uint8Array> {
    const { size } = this.locate(name);
    if (size > limits.settingBytes) throw new LimitRefusal('settingBytes', `${size} bytes in ${name}`);
    return yield* this.record(name);
  }

  /**
   * A record's data; checksums are not compared, as PyTorch does not. Raises Refusal where the compressed records of an archive
   * expand to more than the limit together: a few kilobytes can be told to be many gigabytes, record by record. With `most`,
   * only so many bytes from its start.
   */
  *record(name: string, most = Number.POSITIVE_INFINITY): Reading<Uint8Array> {
    const entry = this.locate(name);
    const start = yield* dataOffset(entry, name, this.fileSize);
    return yield* entryData(entry, start, { name, most, inflated: this.inflated });
  }
}

/** Raises RuntimeError for data that is stored in a way the reader does not take. */
export function checkMethod(entry: ZipEntry, name: string): void {
  if (entry.method !== 0 && entry.method !== 8)
    throw failed(`retrieving file meta-data for ${name}`, 'unsupported method');
  // Bit 0 encryption, bit 6 strong encryption, bit 5 patch data.
  if (entry.flags & 0x41) throw failed(`retrieving file meta-data for ${name}`, 'unsupported encryption');
  if (entry.flags & 0x20) throw failed(`retrieving file meta-data for ${name}`, 'unsupported feature');
}

/** Where an entry's data starts, which its local header says. Raises RuntimeError where there is none. */
export function* dataOffset(entry: ZipEntry, name: string, fileSize: number): Reading<number> {
  const at = entry.headerOffset;
  const start =
    at + LOCAL_HEADER > fileSize ? null : startOfData(viewOf(yield [at, at + LOCAL_HEADER]), entry);
  if (start === null || start + entry.compressed > fileSize)
    throw failed(`reading file ${name}`, 'invalid header or archive is corrupted');
  return start;
}

/** `null` where `header` is no local header. */
export function startOfData(header: DataView, { headerOffset }: ZipEntry): number | null {
  if (header.getUint32(0, true) !== 0x04034b50) return null;
  return headerOffset + LOCAL_HEADER + header.getUint16(26, true) + header.getUint16(28, true);
}

export interface DataOptions {
  readonly name: string;
  readonly most?: number;
  /** What may still be expanded. */
  readonly inflated: Budget;
}

/** Data that starts at `start`, expanded where it is compressed. Raises RuntimeError, Refusal. */
export function* entryData(entry: ZipEntry, start: number, options: DataOptions): Reading<Uint8Array> {
  const { name, most = Number.POSITIVE_INFINITY, inflated } = options;
  const { method, compressed, size } = entry;
  if (method === 0) return yield [start, start + Math.min(size, most)];
  const corrupted = (): PythonError =>
    failed(`reading file ${name}`, 'decompression failed or archive is corrupted');
  // DEFLATE cannot do better than 1032 to 1: a larger claim is false, and nothing is set aside for it.
  if (size > compressed * 1032 + 1032) throw corrupted();
  inflated.charge(Math.min(size, most) + compressed, `${size} bytes in ${name}`);
  try {
    return inflate(yield [start, start + compressed], size, most);
  } catch (error) {
    if (error instanceof InflateError) throw corrupted();
    throw error;
  }
}

function* directoryOf(fileSize: number): Reading<ZipEntry[]> {
  try {
    return yield* directoryEntries(fileSize);
  } catch (error) {
    if (error instanceof ZipError) throw failed('reading zip archive', error.problem);
    throw error;
  }
}

/**
 * Bytes that crossed from C++ as text: Python decodes the whole message, and raises UnicodeDecodeError in its place where a
 * stored name is not UTF-8.
 */
function fromUtf8(stored: string): string {
  return decodeUtf8(
    Uint8Array.from(stored, (char) => char.charCodeAt(0)),
    false,
  );
}

/** ASCII alone, as miniz compares names. */
export function foldCase(name: string): string {
  return name.replace(/[A-Z]/g, (char) => char.toLowerCase());
}
