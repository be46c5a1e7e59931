/** Local headers against the directory: PyTorch reads both and compares only what it needs. */
import type { Reading } from '../byte-source';
import { latin1 } from '../utf8';
import { viewOf, type ZipEntry } from '../zip/directory';
import { shownName } from './records';
import type { FileFault, RecordEntry } from './types';

const LOCAL_HEADER = 30;
/** Sizes and checksum stand behind the data, and as zeros in the header. */
const hasDescriptor = 0x0008;
const SIZE_IN_EXTRA = 0xffffffff;

export interface HeadersRead {
  /** With the places of the data that were found. */
  readonly records: readonly RecordEntry[];
  readonly faults: readonly FileFault[];
}

/** Reads the headers of `entries`, the first of `records`. */
export function* readHeaders(
  entries: readonly ZipEntry[],
  records: readonly RecordEntry[],
  fileSize: number,
): Reading<HeadersRead> {
  const read = [...records];
  const faults: FileFault[] = [];
  for (const [i, entry] of entries.entries()) {
    const { dataOffset, faults: found } = yield* readHeader(entry, fileSize);
    read[i] = { ...records[i], dataOffset };
    faults.push(...found);
  }
  return { records: read, faults };
}

export function* readHeader(
  entry: ZipEntry,
  fileSize: number,
): Reading<{ readonly dataOffset: number | null; readonly faults: readonly FileFault[] }> {
  const { name, headerOffset, compressed, size } = entry;
  const record = shownName(name);
  const bytes = yield [headerOffset, headerOffset + LOCAL_HEADER + name.length];
  const missing = { dataOffset: null, faults: [{ id: 'header', params: { record } } as const] };
  if (bytes.length < LOCAL_HEADER) return missing;
  const view = viewOf(bytes);
  if (view.getUint32(0, true) !== 0x04034b50) return missing;
  const faults: FileFault[] = [];
  const nameLength = view.getUint16(26, true);
  const found = latin1(bytes.subarray(LOCAL_HEADER, LOCAL_HEADER + nameLength));
  if (nameLength !== name.length || found !== name) {
    faults.push({ id: 'localName', params: { record, found: shownName(found) } });
  }
  const [localCompressed, localSize] = [view.getUint32(18, true), view.getUint32(22, true)];
  const isTold = (view.getUint16(6, true) & hasDescriptor) === 0 && localSize !== SIZE_IN_EXTRA;
  if (isTold && (localSize !== size || localCompressed !== compressed)) {
    faults.push({ id: 'localSize', params: { record, found: localSize } });
  }
  const dataOffset = headerOffset + LOCAL_HEADER + nameLength + view.getUint16(28, true);
  if (dataOffset + compressed > fileSize) return missing;
  return { dataOffset, faults };
}
