/** The directory of a zip as records, and what in it does not fit together. */
import { readableUtf8 } from '../utf8';
import type { ZipEntry } from '../zip/directory';
import type { FileFault, RecordEntry } from './types';

const LOCAL_HEADER = 30;

export function recordsOf(entries: readonly ZipEntry[]): RecordEntry[] {
  return entries.map(({ name, size, compressed, method, crc, headerOffset }) => ({
    name: shownName(name),
    size,
    compressed,
    method: method === 0 ? 'stored' : method === 8 ? 'deflated' : 'other',
    crc,
    headerOffset,
    dataOffset: null,
  }));
}

/** A stored name, one character a byte, as text. */
export function shownName(stored: string): string {
  return readableUtf8(Uint8Array.from(stored, (char) => char.charCodeAt(0)));
}

/** Records of the same name, and records that share bytes of the file: an honest writer makes neither. */
export function directoryFaults(entries: readonly ZipEntry[]): FileFault[] {
  const faults: FileFault[] = [];
  const names = new Set<string>();
  for (const { name } of entries) {
    if (names.has(name)) faults.push({ id: 'duplicate', params: { record: shownName(name) } });
    names.add(name);
  }
  const inOrder = [...entries].sort((a, b) => a.headerOffset - b.headerOffset);
  let last: { readonly name: string; readonly end: number } | null = null;
  for (const { name, headerOffset, compressed } of inOrder) {
    if (last && headerOffset < last.end) {
      faults.push({ id: 'overlap', params: { record: shownName(name), with: shownName(last.name) } });
    }
    const end = headerOffset + LOCAL_HEADER + name.length + compressed;
    if (!last || end > last.end) last = { name, end };
  }
  return faults;
}
