/**
 * A checkpoint read by ranges for `torch.load`: the directory, the pickles, and the storages that `data.pkl` names, each once.
 * Which they are is told by describing the pickle; the load then runs as on a file in memory, with the same checks.
 */
import { PythonError } from '../errors';
import { type ByteSource, readFromSource } from './byte-source';
import { describePickle } from './describe/pickle';
import { NamedStorages } from './describe/storages';
import { EndsInMemory } from './ends-in-memory';
import { HEAD } from './identify';
import { PartsInMemory } from './parts-in-memory';
import { LimitRefusal, limits, Refusal } from './refusal';
import { Archive, isZip, LOCAL_HEADER, startOfData } from './zip/archive';
import { viewOf, type ZipEntry } from './zip/directory';

/** What `load` takes: the bytes of a file, or the parts of it that a load looks at. */
export type Loadable = Uint8Array | PartsInMemory;

/** Bytes one read takes: small storages that lie together come together. */
const GROUP = 24 << 20;
/** Reads under way at once: a browser fetches a file through another process, and waits less when it has more to do. */
const AT_ONCE = 4;
/** Room for a header's name and padding where PyTorch wrote it, and for what else may lie between two records. */
const SLACK = 1024;
/** Records of PyTorch start on a multiple of it, so that their data can be looked at as numbers where it lies. */
const ALIGNMENT = 64;

/**
 * Raises Refusal for more than a page can hold. What else is wrong with the file is raised by the load, in PyTorch's words.
 * Several loads of the result share its bytes. A file that is wrong in some strange way may want a part that was not foreseen:
 * the result then says so (`missed`), and `whole` is what to load.
 */
export async function prefetch(file: ByteSource, fileName: string): Promise<Loadable> {
  const source = await EndsInMemory.open(file);
  const head = await source.read(0, HEAD);
  if (!isZip(head) || fileName.endsWith('.safetensors')) return whole(file);
  const parts = new PartsInMemory(source.size);
  parts.put(0, head);
  const archive = await orNull(async () => readFromSource(keeping(source, parts), Archive.open(source.size)));
  if (!archive) return parts;
  const names = archive.entries.map(({ name }) => name.slice(archive.folder.length + 1));
  const small = [
    '.format_version',
    'byteorder',
    '.storage_alignment',
    ...names.filter((name) => name.endsWith('.pkl')),
  ];
  for (const name of small.slice(0, limits.pickles)) await keep(source, parts, archive, name);
  const storages = await storagesOf(source, parts, archive);
  if (!storages) return whole(file);
  for (const { name, entry } of storages) if (entry.method !== 0) await keep(source, parts, archive, name);
  await readGroups(
    source,
    parts,
    storages.map(({ entry }) => entry).filter(({ method }) => method === 0),
  );
  return parts;
}

/** All of a file. Raises Refusal for more than a page can hold. */
export async function whole(source: ByteSource): Promise<Uint8Array> {
  checkSize(source.size);
  return source.read(0, source.size);
}

function checkSize(size: number): void {
  if (size > limits.loadedBytes) throw new LimitRefusal('loadedBytes', `${size} bytes`);
}

/** `null` for what the load will find out itself. */
async function orNull<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof PythonError || error instanceof Refusal) return null;
    throw error;
  }
}

function keeping(source: ByteSource, parts: PartsInMemory): ByteSource {
  return {
    size: source.size,
    async read(start, end) {
      const bytes = await source.read(start, end);
      parts.put(start, bytes);
      return bytes;
    },
  };
}

async function keep(source: ByteSource, parts: PartsInMemory, archive: Archive, name: string): Promise<void> {
  await orNull(async () => {
    if (!archive.has(name)) return;
    checkSize(archive.sizeOf(name));
    await readFromSource(keeping(source, parts), archive.record(name));
  });
}

/** The storages a load will read, once each; `null` where the pickle is beyond what is described. */
async function storagesOf(
  source: ByteSource,
  parts: PartsInMemory,
  archive: Archive,
): Promise<{ readonly name: string; readonly entry: ZipEntry }[] | null> {
  const bytes = await orNull(() => readFromSource(keeping(source, parts), archive.record('data.pkl')));
  if (!bytes) return [];
  const storages = new NamedStorages();
  const persistentLoad = storages.persistentLoad.bind(storages);
  const { description } = describePickle({ bytes, start: 0, isCut: false, storages, persistentLoad }, null);
  if (description.ending === 'limit') return null;
  const found = new Map<ZipEntry, string>();
  for (const { key, size } of storages.list) {
    const name = `data/${key}`;
    const entry = await orNull(async () => archive.locate(name));
    if (entry?.size === size) found.set(entry, name);
    // Where sizes differ no data is read, but on meta the header is.
    else if (entry) await orNull(() => readFromSource(keeping(source, parts), archive.offsetOf(name)));
  }
  const total = [...found.keys()].reduce((sum, { size }) => sum + size, 0);
  checkSize(total);
  return [...found].map(([entry, name]) => ({ name, entry }));
}

interface Group {
  readonly start: number;
  end: number;
  readonly entries: ZipEntry[];
}

async function readGroups(
  source: ByteSource,
  parts: PartsInMemory,
  entries: readonly ZipEntry[],
): Promise<void> {
  const stored = entries.reduce((sum, { compressed }) => sum + compressed, 0);
  // Records that share bytes of the file could ask for it many times over.
  if (stored > source.size) throw new LimitRefusal('loadedBytes', `${stored} bytes out of ${source.size}`);
  const waiting = groupsOf(entries, source.size);
  const worker = async (): Promise<void> => {
    for (let group = waiting.shift(); group; group = waiting.shift()) await readGroup(source, parts, group);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function groupsOf(entries: readonly ZipEntry[], fileSize: number): Group[] {
  const groups: Group[] = [];
  for (const entry of [...entries].sort((a, b) => a.headerOffset - b.headerOffset)) {
    const start = entry.headerOffset - (entry.headerOffset % ALIGNMENT);
    const end = Math.min(
      entry.headerOffset + LOCAL_HEADER + entry.name.length + entry.compressed + SLACK,
      fileSize,
    );
    const last = groups[groups.length - 1];
    if (last && start <= last.end + SLACK && end - last.start <= GROUP) {
      last.end = Math.max(last.end, end);
      last.entries.push(entry);
    } else groups.push({ start, end, entries: [entry] });
  }
  return groups;
}

async function readGroup(
  source: ByteSource,
  parts: PartsInMemory,
  { start, end, entries }: Group,
): Promise<void> {
  const bytes = await source.read(start, end);
  for (const entry of entries) {
    const at = entry.headerOffset - start;
    const header = bytes.subarray(at, at + LOCAL_HEADER);
    parts.put(entry.headerOffset, header);
    const dataStart = header.length < LOCAL_HEADER ? null : startOfData(viewOf(header), entry);
    if (dataStart === null) continue;
    const data = bytes.subarray(dataStart - start, dataStart - start + entry.compressed);
    // A header may name more bytes in front of its data than were read.
    const complete = data.length === entry.compressed;
    parts.put(dataStart, complete ? data : await source.read(dataStart, dataStart + entry.compressed));
  }
}
