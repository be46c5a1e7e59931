/**
 * The zip container of `torch.save`, byte for byte (caffe2/serialize/inline_container.cc on miniz): stored records whose data
 * starts on multiples of 64, data descriptors, zip64 end records. Nothing in it depends on time or machine.
 */
import { PythonError } from '../../errors';
import { encodeUtf8, isAscii } from '../utf8';
import { ByteWriter } from './byte-writer';
import { crc32 } from './crc32';
import { serializationId } from './serialization-id';

const ALIGNMENT = 64;
const LOCAL_HEADER = 30;
const DESCRIPTOR = 16;
const CENTRAL_ENTRY = 46;
const END_RECORDS = 56 + 20 + 22;
/** Bit 11: the name is UTF-8. Bit 3: sizes follow the data, which miniz leaves out for an empty record. */
const flagUtf8 = 0x0800;
const flagDescriptor = 0x0008;

interface WrittenRecord {
  readonly name: Uint8Array;
  readonly data: Uint8Array;
  readonly crc: number;
  readonly flags: number;
  readonly offset: number;
  readonly padding: number;
}

/**
 * Folder inside the archive: the file's own name without its last extension; `archive` where the path is not ASCII.
 * Raises RuntimeError for a name that is only an extension.
 */
export function archiveName(fileName: string): string {
  if (!isAscii(fileName)) return 'archive';
  const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  const dot = base.lastIndexOf('.');
  const name = dot === -1 ? base : base.slice(0, dot);
  if (name === '') {
    // caffe2/serialize/inline_container.cc, PyTorchStreamWriter::setup
    throw new PythonError(
      'RuntimeError',
      `[enforce fail at inline_container.cc:720] . invalid file name: ${fileName}`,
    );
  }
  return name;
}

/** Bytes one behind the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/**
 * A checkpoint's records under `folder/`: the pickle, the storages under their keys, and what PyTorch adds. In parts that follow
 * each other: the storages are there as they are, not copied, so that a file of a gigabyte needs no second one to be made.
 */
export function archiveParts(
  folder: string,
  pickle: Uint8Array,
  storages: Iterable<readonly [string, Uint8Array]>,
): Uint8Array[] {
  const records: [string, Uint8Array][] = [
    ['data.pkl', pickle],
    ['.format_version', encodeUtf8('1')],
    ['.storage_alignment', encodeUtf8(String(ALIGNMENT))],
    ['byteorder', encodeUtf8('little')],
  ];
  for (const [key, data] of storages) records.push([`data/${key}`, data]);
  records.push(['version', encodeUtf8('3\n')]);
  const checksums = new Map(records.map(([name, data]) => [name, crc32(data)]));
  const id = serializationId(
    records.map(([name]) => name),
    records.flatMap(([name, data]) => seenChecksums(data, checksums.get(name) as number)),
  );
  records.push(['.data/serialization_id', encodeUtf8(id)]);

  let offset = 0;
  const written = records.map(([name, data]): WrittenRecord => {
    const fullName = encodeUtf8(`${folder}/${name}`);
    const padding = -(offset + LOCAL_HEADER + fullName.length + 4) & (ALIGNMENT - 1);
    const record = {
      name: fullName,
      data,
      crc: checksums.get(name) ?? crc32(data),
      flags: data.length > 0 ? flagUtf8 | flagDescriptor : flagUtf8,
      offset,
      padding,
    };
    offset += LOCAL_HEADER + fullName.length + 4 + padding + data.length + (data.length > 0 ? DESCRIPTOR : 0);
    return record;
  });
  const directorySize = written.reduce((n, record) => n + CENTRAL_ENTRY + record.name.length, 0);
  const end = new ByteWriter(directorySize + END_RECORDS);
  for (const record of written) writeCentralEntry(end, record);
  writeEnd(end, written.length, directorySize, offset);
  return [...written.flatMap(recordParts), end.bytes];
}

/** The same in one piece. */
export function writeArchive(...args: Parameters<typeof archiveParts>): Uint8Array {
  return joined(archiveParts(...args));
}

/**
 * PyTorch finds a record's checksum by looking for the descriptor's signature at the start of each block it writes: data that
 * happens to begin with it adds a value of its own.
 */
function seenChecksums(data: Uint8Array, crc: number): number[] {
  if (data.length === 0) return [];
  const looksLikeDescriptor =
    data.length >= 8 && data[0] === 0x50 && data[1] === 0x4b && data[2] === 0x07 && data[3] === 0x08;
  return looksLikeDescriptor
    ? [(data[4] | (data[5] << 8) | (data[6] << 16) | (data[7] << 24)) >>> 0, crc]
    : [crc];
}

function recordParts({ name, data, crc, flags, padding }: WrittenRecord): Uint8Array[] {
  const head = new ByteWriter(LOCAL_HEADER + name.length + 4 + padding);
  head.u32(0x04034b50).u16(0).u16(flags).u16(0).u16(0).u16(0).u32(0).u32(0).u32(0);
  head
    .u16(name.length)
    .u16(4 + padding)
    .raw(name)
    .u16(0x4246)
    .u16(padding)
    .fill(0x5a, padding);
  if (data.length === 0) return [head.bytes];
  const descriptor = new ByteWriter(DESCRIPTOR).u32(0x08074b50).u32(crc).u32(data.length).u32(data.length);
  return [head.bytes, data, descriptor.bytes];
}

function writeCentralEntry(out: ByteWriter, record: WrittenRecord): void {
  const { name, data, crc, flags, offset } = record;
  out
    .u32(0x02014b50)
    .u16(0)
    .u16(0)
    .u16(flags)
    .u16(0)
    .u16(0)
    .u16(0)
    .u32(crc)
    .u32(data.length)
    .u32(data.length);
  out.u16(name.length).u16(0).u16(0).u16(0).u16(0).u32(0).u32(offset).raw(name);
}

/** zip64 end record, its locator, and the classic end record with the true values. */
function writeEnd(out: ByteWriter, count: number, size: number, offset: number): void {
  out.u32(0x06064b50).u64(44).u16(0x031e).u16(45).u32(0).u32(0).u64(count).u64(count).u64(size).u64(offset);
  out
    .u32(0x07064b50)
    .u32(0)
    .u64(offset + size)
    .u32(1);
  const shortCount = Math.min(count, 0xffff);
  out.u32(0x06054b50).u16(0).u16(0).u16(shortCount).u16(shortCount).u32(size).u32(offset).u16(0);
}
