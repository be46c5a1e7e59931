/**
 * A checkpoint read by ranges for `torch.load`: the directory, the pickles and the storages, each as one range or with its
 * neighbours. The load then runs as on a file in memory, with the same checks, and its tensors lie where the bytes were read.
 */
import { PythonError } from '../errors';
import { type ByteSource, readFromSource } from './byte-source';
import { EndsInMemory } from './ends-in-memory';
import { HEAD } from './identify';
import { PartsInMemory } from './parts-in-memory';
import { LimitRefusal, limits, Refusal } from './refusal';
import { Archive, isZip, LOCAL_HEADER, startOfData } from './zip/archive';
import { viewOf, type ZipEntry } from './zip/directory';

/** What `load` takes: the bytes of a file, or the parts of it that a load looks at. */
export type Loadable = Uint8Array | PartsInMemory;

/** Reads under way at once: a browser fetches a file through another process, and waits less when it has more to do. */
const AT_ONCE = 6;
/** Bytes one read takes at least and at most: few long ones are faster than many, and a part is kept whole as long as one of it is. */
const SHORTEST = 1 << 23;
const LONGEST = 1 << 26;
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
  // What only libtorch runs is refused for its names alone.
  const isProgram = names.includes('constants.pkl');
  const pickles = names.filter((name) => name.endsWith('.pkl')).slice(0, limits.pickles);
  for (const name of [...settings, ...pickles]) await keep(source, parts, archive, name);
  const storages = isProgram ? [] : [...new Set(names)].filter((name) => isStorage.test(name));
  await readStorages(source, parts, archive, storages);
  return parts;
}

const settings = ['.format_version', 'byteorder', '.storage_alignment'];
/** Lookup ignores case. */
const isStorage = /^data\//i;

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

/** All of them: an archive of PyTorch's holds none that its pickle does not name. */
async function readStorages(
  source: ByteSource,
  parts: PartsInMemory,
  archive: Archive,
  names: readonly string[],
): Promise<void> {
  const stored: ZipEntry[] = [];
  for (const name of names) {
    const entry = await orNull(async () => archive.locate(name));
    if (entry?.method === 0) stored.push(entry);
    else if (entry) await keep(source, parts, archive, name);
  }
  const total = stored.reduce((sum, { compressed }) => sum + compressed, 0);
  checkSize(total);
  // Records that share bytes of the file could ask for it many times over.
  if (total > source.size) throw new LimitRefusal('loadedBytes', `${total} bytes out of ${source.size}`);
  const waiting = groupsOf(stored, source.size);
  const worker = async (): Promise<void> => {
    for (let group = waiting.shift(); group; group = waiting.shift()) await readGroup(source, parts, group);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

interface Group {
  readonly start: number;
  end: number;
  readonly entries: ZipEntry[];
}

/** Neighbours together, so that all of the reads can be under way at once. */
function groupsOf(entries: readonly ZipEntry[], fileSize: number): Group[] {
  const total = entries.reduce((sum, { compressed }) => sum + compressed, 0);
  const length = Math.min(Math.max(Math.floor(total / AT_ONCE), SHORTEST), LONGEST);
  const groups: Group[] = [];
  for (const entry of [...entries].sort((a, b) => a.headerOffset - b.headerOffset)) {
    const start = entry.headerOffset - (entry.headerOffset % ALIGNMENT);
    const end = Math.min(
      entry.headerOffset + LOCAL_HEADER + entry.name.length + entry.compressed + SLACK,
      fileSize,
    );
    const last = groups[groups.length - 1];
    if (last && start <= last.end + SLACK && last.end - last.start < length) {
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
