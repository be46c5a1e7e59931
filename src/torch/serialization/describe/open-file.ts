/** Describes a file by ranges, and keeps it open for what is asked next. Nothing of it is run. */
import { type ByteSource, MemorySource, type Reading, readFromSource } from '../byte-source';
import { EndsInMemory } from '../ends-in-memory';
import { containerOf, HEAD, type Identity, identifying } from '../identify';
import { LimitRefusal, limits, Refusal } from '../refusal';
import { checkRecords } from './check-records';
import type { Container } from './container';
import { contentsOf } from './contents';
import { extentOf } from './extent';
import { nodeAt, outlineOf } from './outline';
import { metadataOf, partsOf } from './parts';
import type { DescribedTensor, DescribedValue, OpcodeRow } from './pickle-types';
import { describeLegacy, describeRawPickle } from './pickles-in-a-row';
import { readTensor, type TensorInput, tensorStatistics } from './read-tensor';
import { RowPages } from './rows';
import { describeSafetensors } from './safetensors';
import { StorageReader } from './storage-reader';
import { describeTar } from './tar';
import type { FileDescription, FileFault, OpenFile } from './types';
import { describeZip } from './zip';

/** Raises only what the source raises: whatever the bytes are, they can be described. */
export async function openFile(file: ByteSource): Promise<OpenFile> {
  const isSmall = file.size <= limits.smallFile;
  const source = isSmall ? new MemorySource(await file.read(0, file.size)) : await EndsInMemory.open(file);
  const identity = await readFromSource(source, identifying(source.size));
  const container = await readFromSource(source, describeContainer(source.size, identity));
  const reader = new StorageReader(container, source.size);
  const description = describe(source.size, identity, container);
  const pages = container.pickles?.map(({ open }) => new RowPages(open)) ?? [];
  const input = (index: number): TensorInput => {
    const tensor = description.tensors[index];
    if (!tensor) throw new Refusal('unsupported', `no tensor ${index}`);
    return {
      source,
      reader,
      tensor,
      storage: description.storages[tensor.storage],
      byteOrder: description.byteOrder,
    };
  };
  return {
    description,
    opcodeRows: async (pickle, from, count): Promise<OpcodeRow[]> => pages[pickle]?.rows(from, count) ?? [],
    outline(pickle, path, bounds) {
      const root = container.pickles?.[pickle]?.value;
      const node = root ? nodeAt(root, path) : null;
      return node && outlineOf(node, bounds);
    },
    readTensor: async (tensor, range, watch) => readTensor(input(tensor), range, watch),
    statistics: async (tensor, watch) => tensorStatistics(input(tensor), watch),
    async readRecord(record, start, end) {
      if (end - start > limits.rangeBytes)
        throw new LimitRefusal('rangeBytes', `${end - start} bytes at once`);
      return readFromSource(source, reader.record(record, start, end));
    },
    checkRecords: (options = {}) => checkRecords(source, container, reader, options),
  };
}

function* describeContainer(fileSize: number, { id }: Identity): Reading<Container> {
  const head = yield [0, HEAD];
  switch (fileSize === 0 ? 'other' : containerOf(head)) {
    case 'zip':
      return yield* describeZip(fileSize);
    case 'legacy':
      return yield* describeLegacy(fileSize);
    case 'tar':
      return yield* describeTar(fileSize);
    case 'safetensors':
      return yield* describeSafetensors(fileSize);
    case 'pickle':
      // A pickle that was cut off still begins with its protocol.
      if (id === 'pickle' || id === 'dangerous' || head[0] === 0x80)
        return yield* describeRawPickle(fileSize);
      return { container: 'other' };
    case 'other':
      return { container: 'other' };
  }
}

function describe(size: number, identity: Identity, container: Container): FileDescription {
  const { pickles = [], mainPickle = -1, storages = [], records = [], faults = [] } = container;
  const root: DescribedValue | null = pickles[mainPickle]?.value ?? null;
  const contents = root && contentsOf(root, (tensor) => tensorFault(tensor, container));
  const tensors = container.tensors ?? contents?.tensors ?? [];
  const parts = root ? partsOf(root, tensors) : [];
  return {
    size,
    identity,
    container: container.container,
    folder: container.folder ?? null,
    byteOrder: container.byteOrder ?? 'little',
    records,
    pickles: pickles.map(({ description }) => description),
    mainPickle,
    storages,
    tensors,
    metadata: container.metadata ?? (root ? metadataOf(root) : []),
    model: root && contents ? modelIn(root, contents.modules) : null,
    parts,
    sources: container.sources ?? [],
    faults: [...faults, ...(contents?.faults ?? [])],
  };
}

/** The saved model: the object itself, or the first one in a checkpoint. */
function modelIn(
  root: DescribedValue,
  modules: ReadonlyMap<DescribedValue, FileDescription['model']>,
): FileDescription['model'] {
  const own = modules.get(root);
  if (own || root.kind !== 'dict') return own ?? null;
  for (const [, value] of root.entries) {
    const part = modules.get(value);
    if (part) return part;
  }
  return null;
}

function tensorFault(tensor: DescribedTensor, { storages = [], storageFaults }: Container): FileFault | null {
  if (tensor.storage === -1) return { id: 'missing', params: { record: '' } };
  const fault = storageFaults?.get(tensor.storage);
  if (fault) return fault;
  // Comparing this way round also refuses what is no number.
  const fits = extentOf(tensor) <= (storages[tensor.storage]?.size ?? 0);
  return fits ? null : { id: 'outside', params: {} };
}
