/** A file's tensors as another kind of file. */
import { dtypes } from '../../../torch/dtype';
import { PythonError } from '../../../torch/errors';
import { csvColumns, csvLines } from '../../../torch/serialization/csv';
import type { OpenFile, TensorEntry } from '../../../torch/serialization/describe/types';
import { npyData, npyHeader, numpyDType } from '../../../torch/serialization/npy';
import { NpzWriter } from '../../../torch/serialization/npz';
import { Refusal } from '../../../torch/serialization/refusal';
import { hasSafetensorsCode, safetensorsHeader } from '../../../torch/serialization/safetensors-writer';
import type { ExportView } from '../../views/export';
import type { Words } from '../../views/words';
import { BlobParts } from './blob-parts';
import type { ExportFormat, Watch } from './inspections';
import { pieces } from './pieces';
import { bytesOf, stepsOf } from './steps';

/** Names that a note can tell before it stops being one. */
const NAMED = 3;

/** A tensor of the file, and where it is in the description. */
interface Exported extends TensorEntry {
  readonly index: number;
}

/** Raises Cancelled. */
export async function exportFile(
  name: string,
  file: OpenFile,
  as: ExportFormat,
  watch: Watch,
): Promise<ExportView> {
  try {
    switch (as.format) {
      case 'safetensors':
        return await safetensors(name, file, watch);
      case 'npz':
        return await npz(name, file, watch);
      case 'csv':
        return await csv(name, file, as.tensor, watch);
    }
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof PythonError)) throw error;
    const id = error instanceof Refusal && error.id === 'limit' ? 'tooLarge' : 'failed';
    return { name: null, data: null, notes: [{ id, params: { message: error.message } }] };
  }
}

async function safetensors(fileName: string, file: OpenFile, watch: Watch): Promise<ExportView> {
  const { readable, unread } = tensorsOf(file);
  const held = readable.filter(({ dtype }) => hasSafetensorsCode(dtype));
  const { header, ordered } = safetensorsHeader(held);
  const made = new BlobParts().add(header);
  const steps = stepsOf(sizesOf(file, ordered), watch);
  for (const [i, { index }] of ordered.entries())
    for await (const { bytes } of pieces(file, index, steps[i])) made.add(bytes);
  const notes = [
    ...noteOf('leftOut', unread),
    ...noteOf(
      'noCode',
      readable.filter((one) => !held.includes(one)),
    ),
    ...noteOf('unshared', sharing(held)),
  ];
  return { name: `${stem(fileName)}.safetensors`, data: made.blob(), notes };
}

async function npz(fileName: string, file: OpenFile, watch: Watch): Promise<ExportView> {
  const { readable, unread } = tensorsOf(file);
  const writer = new NpzWriter();
  const made = new BlobParts();
  const steps = stepsOf(sizesOf(file, readable), watch);
  for (const [i, { index, name, dtype, shape }] of readable.entries()) {
    const member = new BlobParts().add(npyHeader(numpyDType(dtype), shape));
    for await (const { bytes } of pieces(file, index, steps[i])) member.add(npyData(bytes, dtype));
    made.add(writer.add(name, member)).append(member);
  }
  const widened = readable.filter(({ dtype }) => numpyDType(dtype) !== dtype);
  const quantized = readable.filter(({ dtype }) => dtypes[dtype].kind === 'quantized');
  return {
    name: `${stem(fileName)}.npz`,
    data: made.add(writer.finish()).blob(),
    notes: [...noteOf('leftOut', unread), ...noteOf('widened', widened), ...noteOf('integers', quantized)],
  };
}

/** The file is named after the tensor too: a csv holds one. */
async function csv(fileName: string, file: OpenFile, tensor: number, watch: Watch): Promise<ExportView> {
  const { name, shape } = file.description.tensors[tensor];
  const columns = csvColumns(shape);
  const parts: string[] = [];
  for await (const { bytes, dtype } of pieces(file, tensor, watch, Math.max(1, columns)))
    parts.push(csvLines(bytes, dtype, columns));
  return {
    name: `${stem(fileName)}.${name.replace(/[^\p{L}\p{N}_.-]+/gu, '_')}.csv`,
    data: new Blob(parts, { type: 'text/csv' }),
    notes: [],
  };
}

function sizesOf(file: OpenFile, tensors: readonly Exported[]): number[] {
  return tensors.map(({ index }) => bytesOf(file, index));
}

/** Each name once: of two tensors of one name a file of names keeps the first. */
function tensorsOf(file: OpenFile): { readonly readable: Exported[]; readonly unread: Exported[] } {
  const names = new Set<string>();
  const all = file.description.tensors.map((entry, index): Exported => ({ ...entry, index }));
  const readable = all.filter(({ name, fault, storage }) => {
    if (fault || storage < 0 || names.has(name)) return false;
    names.add(name);
    return true;
  });
  const kept = new Set(readable);
  return { readable, unread: all.filter((one) => !kept.has(one)) };
}

/** Tensors that share bytes with one before them: each is written out in full. */
function sharing(tensors: readonly Exported[]): Exported[] {
  const seen = new Set<number>();
  return tensors.filter(({ storage }) => {
    const shared = seen.has(storage);
    seen.add(storage);
    return shared;
  });
}

function noteOf(id: string, tensors: readonly Exported[]): Words[] {
  if (tensors.length === 0) return [];
  const names = tensors.slice(0, NAMED).map(({ name }) => name);
  const more = tensors.length > NAMED ? ', …' : '';
  return [{ id, params: { count: tensors.length, keys: names.join(', ') + more } }];
}

/** The file's name without its last extension. */
function stem(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}
