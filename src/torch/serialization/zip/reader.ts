/** `PyTorchStreamReader` (caffe2/serialize/inline_container.cc): the records of a checkpoint, by name. */
import { PythonError } from '../../errors';
import { limits, Refusal } from '../refusal';
import { decodeUtf8, encodeUtf8, latin1 } from '../utf8';
import { readDirectory, type ZipEntry, ZipError } from './directory';
import { InflateError, inflate } from './inflate';

const LOCAL_HEADER = 30;
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

export class ArchiveReader {
  private readonly bytes: Uint8Array;
  private readonly byName = new Map<string, ZipEntry>();
  readonly entries: readonly ZipEntry[];
  /** The folder all records are in, without slash. */
  readonly folder: string;

  /** Opens and checks as the C++ reader does; raises RuntimeError in its words. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.entries = directoryOf(bytes);
    if (this.entries.length > limits.entries) throw new Refusal('limit', `${this.entries.length} records`);
    // Lookup ignores case, and of two equal names finds the first.
    for (const entry of this.entries) {
      const key = foldCase(entry.name);
      if (!this.byName.has(key)) this.byName.set(key, entry);
    }
    if (this.entries.length === 0) throw enforceFail(171, 'archive does not contain any files');
    const first = this.entries[0].name;
    const slash = first.indexOf('/');
    if (slash === -1) throw enforceFail(180, 'file in archive is not in a subdirectory: ', first);
    this.folder = first.slice(0, slash);
    if (this.has('.data/serialization_id')) this.record('.data/serialization_id');
    this.checkVersion();
  }

  private checkVersion(): void {
    if (!this.has('version')) {
      throw new PythonError(
        'RuntimeError',
        'Expected hasRecord("version") to be true, but got false.  ' +
          '(Could this error message be improved?  If so, please report an enhancement request to PyTorch.)',
      );
    }
    const text = latin1(this.record('version'));
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

  private locate(name: string): ZipEntry {
    const entry = this.find(name);
    if (!entry) throw failed(`locating file ${name}`, 'file not found');
    if (entry.method !== 0 && entry.method !== 8)
      throw failed(`retrieving file meta-data for ${name}`, 'unsupported method');
    // Bit 0 encryption, bit 6 strong encryption, bit 5 patch data.
    if (entry.flags & 0x41) throw failed(`retrieving file meta-data for ${name}`, 'unsupported encryption');
    if (entry.flags & 0x20) throw failed(`retrieving file meta-data for ${name}`, 'unsupported feature');
    return entry;
  }

  /** Where a record's data starts in the file. */
  offsetOf(name: string): number {
    return this.dataOffset(this.locate(name), name);
  }

  private dataOffset(entry: ZipEntry, name: string): number {
    const { bytes } = this;
    const at = entry.headerOffset;
    const corrupted = failed(`reading file ${name}`, 'invalid header or archive is corrupted');
    if (at + LOCAL_HEADER > bytes.length) throw corrupted;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (view.getUint32(at, true) !== 0x04034b50) throw corrupted;
    const start = at + LOCAL_HEADER + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    if (start + entry.compressed > bytes.length) throw corrupted;
    return start;
  }

  /** A record's data; checksums are not compared, as PyTorch does not. */
  record(name: string): Uint8Array {
    const entry = this.locate(name);
    const start = this.dataOffset(entry, name);
    const data = this.bytes.subarray(start, start + entry.compressed);
    if (entry.method === 0) return data;
    const corrupted = failed(`reading file ${name}`, 'decompression failed or archive is corrupted');
    // DEFLATE cannot do better than 1032 to 1: a larger claim is false, and nothing is set aside for it.
    if (entry.size > data.length * 1032 + 1032) throw corrupted;
    if (entry.size > limits.inflatedBytes) throw new Refusal('limit', `${entry.size} bytes in ${name}`);
    try {
      return inflate(data, entry.size);
    } catch (error) {
      if (error instanceof InflateError) throw corrupted;
      throw error;
    }
  }
}

function directoryOf(bytes: Uint8Array): ZipEntry[] {
  try {
    return readDirectory(bytes);
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
function foldCase(name: string): string {
  return name.replace(/[A-Z]/g, (char) => char.toLowerCase());
}
