/** All local headers and, when asked, all checksums against the directory: what PyTorch does not look at. */

import { PythonError } from '../../errors';
import { type ByteSource, readFromSource } from '../byte-source';
import { Refusal } from '../refusal';
import { crc32 } from '../zip/crc32';
import type { Container } from './container';
import { readHeader } from './local-headers';
import type { StorageReader } from './storage-reader';
import { Cancelled, type FileFault, type RecordCheck, type RecordEntry, type Watch } from './types';

const PIECE = 1 << 22;

export async function checkRecords(
  source: ByteSource,
  container: Container,
  reader: StorageReader,
  { checksums = false, onProgress, signal }: Watch & { readonly checksums?: boolean },
): Promise<RecordCheck> {
  const { entries = [], records = [] } = container;
  const checked: RecordEntry[] = [...records];
  const faults: FileFault[] = [];
  const total = records.reduce((sum, { size }) => sum + (checksums ? size : 1), 0);
  let done = 0;
  for (const [i, entry] of entries.entries()) {
    if (signal?.aborted) throw new Cancelled();
    const { dataOffset, faults: found } = await readFromSource(source, readHeader(entry, source.size));
    checked[i] = { ...records[i], dataOffset };
    faults.push(...found);
    if (checksums && dataOffset !== null) {
      const differs = await checksumDiffers(i);
      if (differs) faults.push({ id: 'checksum', params: { record: records[i].name } });
    }
    done += checksums ? entry.size : 1;
    onProgress?.(done, total);
  }
  return { records: checked, faults };

  async function checksumDiffers(index: number): Promise<boolean> {
    const { size, crc } = records[index];
    try {
      let sum = 0;
      for (let at = 0; at < size; at += PIECE) {
        if (signal?.aborted) throw new Cancelled();
        sum = crc32(await readFromSource(source, reader.record(index, at, Math.min(at + PIECE, size))), sum);
        onProgress?.(done + at, total);
      }
      return sum !== crc;
    } catch (error) {
      // Data that cannot be expanded has no checksum either.
      if (error instanceof PythonError || error instanceof Refusal) return true;
      throw error;
    }
  }
}
