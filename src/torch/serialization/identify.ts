/**
 * What a file is, by its content: one id with parameters, for the page to put in words. The name is never asked, because
 * downloads keep `.pth` whatever they hold. Nothing is unpickled.
 */

import { type Reading, readFrom } from './byte-source';
import { looksLikeOnnx } from './onnx-head';
import { type Instruction, instructions } from './pickle/instructions';
import { allowedGlobals } from './pickle/names';
import { unsafeMembers } from './pickle/safe-names';
import { fullName, scanPickles } from './pickle/scan-globals';
import { pickleWindow } from './pickle/window';
import { limits } from './refusal';
import { safetensorsHeader } from './safetensors';
import { isTar } from './tar';
import { decodeUtf8 } from './utf8';
import { Archive, isZip } from './zip/archive';
import { directoryEntries } from './zip/directory';

export type FileKind =
  | 'empty'
  /** A zip of `torch.save` whose pickle gives a dict of tensors: what `load_state_dict` takes. */
  | 'state_dict'
  /** A zip of `torch.save` that needs a class to be loaded; `module` and `class` name it. */
  | 'model'
  /** A dict that holds more than tensors: epochs, optimizer state. */
  | 'checkpoint'
  /** Another object of `torch.save`. */
  | 'object'
  /** Names something that no file of weights needs: `globals` tells what. */
  | 'dangerous'
  | 'legacy'
  | 'tar'
  | 'torchscript'
  | 'pt2'
  | 'safetensors'
  | 'npz'
  | 'zip'
  | 'brokenZip'
  | 'npy'
  | 'hdf5'
  /** A graph of operators with its weights, of no Python class. */
  | 'onnx'
  | 'gzip'
  | 'png'
  | 'html'
  | 'lfsPointer'
  | 'json'
  | 'pickle'
  | 'text'
  | 'unknown';

export interface Identity {
  readonly id: FileKind;
  readonly params: Readonly<Record<string, string | number>>;
}

/** As much of a file as tells one format from another. */
export const HEAD = 4096;

const magic: readonly (readonly [FileKind, readonly number[]])[] = [
  ['npy', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
  ['hdf5', [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
];

/** The pickled magic number that opens a file of torch 1.5 and older: protocol 2, LONG1 of ten bytes. */
const legacyMagic = [
  0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
];

/** Of a file in memory. Never raises. */
export function identify(bytes: Uint8Array): Identity {
  return readFrom(bytes, identifying(bytes.length));
}

/** Reads its beginning, and of a zip the directory and `data.pkl`. Never raises. */
export function* identifying(fileSize: number): Reading<Identity> {
  if (fileSize === 0) return { id: 'empty', params: {} };
  const head = yield [0, HEAD];
  switch (containerOf(head)) {
    case 'zip':
      return yield* identifyZip(fileSize);
    case 'legacy':
      return yield* identifyPickles(fileSize, 'legacy');
    case 'tar':
      return { id: 'tar', params: {} };
    case 'safetensors':
      return { id: 'safetensors', params: { tensors: yield* safetensorsCount(fileSize) } };
    case 'pickle':
      return yield* identifyPickles(fileSize, 'pickle');
    case 'other':
      return identifyByMagic(head) ?? identifyText(head) ?? { id: 'unknown', params: {} };
  }
}

/** How a file is laid out. A `pickle` may be anything that is no text. */
export type ContainerKind = 'zip' | 'legacy' | 'tar' | 'safetensors' | 'pickle' | 'other';

/** By the first bytes of a file, `HEAD` of them where there are so many. */
export function containerOf(head: Uint8Array): ContainerKind {
  if (isZip(head)) return 'zip';
  if (identifyByMagic(head)) return 'other';
  if (startsWith(head, legacyMagic)) return 'legacy';
  if (isTar(head)) return 'tar';
  if (looksLikeSafetensors(head)) return 'safetensors';
  return identifyText(head) ? 'other' : 'pickle';
}

function identifyByMagic(head: Uint8Array): Identity | null {
  if (looksLikeOnnx(head)) return { id: 'onnx', params: {} };
  const found = magic.find(([, start]) => startsWith(head, start));
  return found ? { id: found[0], params: found[0] === 'zip' ? { entries: 0 } : {} } : null;
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

/** A header length, then JSON: also where the rest of the file is missing. */
function looksLikeSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length < 10 || bytes[8] !== 0x7b) return false;
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  return length > 1n && length < 100_000_000n;
}

/** 0 where the file is cut. */
function* safetensorsCount(fileSize: number): Reading<number> {
  try {
    return (yield* safetensorsHeader(fileSize)).entries.length;
  } catch {
    return 0;
  }
}

function identifyText(start: Uint8Array): Identity | null {
  if (start.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return null;
  const text = textOf(start);
  if (text === null) return null;
  const trimmed = text.trimStart();
  if (/^(<!doctype html|<html|<head|<\?xml|<body)/i.test(trimmed)) return { id: 'html', params: {} };
  if (text.startsWith('version https://git-lfs.github.com/spec/')) {
    const size = /^size (\d+)$/m.exec(text);
    return { id: 'lfsPointer', params: { size: size ? Number(size[1]) : 0 } };
  }
  if (/^[{[]/.test(trimmed)) return { id: 'json', params: {} };
  return { id: 'text', params: { start: trimmed.split('\n')[0].slice(0, 40) } };
}

function textOf(bytes: Uint8Array): string | null {
  // A cut in the middle of a character is no sign of binary data.
  for (let cut = 0; cut < 4; cut++) {
    try {
      return decodeUtf8(bytes.subarray(0, bytes.length - cut), false);
    } catch {
      // Shorter by a byte, then.
    }
  }
  return null;
}

function* identifyZip(fileSize: number): Reading<Identity> {
  let archive: Archive;
  try {
    archive = yield* Archive.open(fileSize);
  } catch (error) {
    return yield* identifyForeignZip(fileSize, error instanceof Error ? error.message : '');
  }
  const records = archive.entries.map(({ name }) => name.slice(archive.folder.length + 1));
  if (records.includes('constants.pkl')) return { id: 'torchscript', params: {} };
  if (records.some((name) => name.startsWith('models/') || name.startsWith('archive_format'))) {
    return { id: 'pt2', params: {} };
  }
  if (!archive.has('data.pkl')) return { id: 'brokenZip', params: { missing: 'data.pkl' } };
  try {
    return identifyPickle(yield* archive.record('data.pkl', limits.pickleBytes));
  } catch {
    return { id: 'brokenZip', params: { missing: 'data.pkl' } };
  }
}

/** A zip PyTorch cannot open: another program's, or a cut one. */
function* identifyForeignZip(fileSize: number, message: string): Reading<Identity> {
  try {
    const entries = yield* directoryEntries(fileSize);
    if (entries.length > 0 && entries.every(({ name }) => name.endsWith('.npy')))
      return { id: 'npz', params: {} };
    const pickle = entries.find(({ name }) => name.endsWith('/data.pkl'));
    return pickle
      ? { id: 'brokenZip', params: { missing: 'version' } }
      : { id: 'zip', params: { entries: entries.length } };
  } catch {
    return {
      id: 'brokenZip',
      params: { missing: message.includes('central directory') ? 'directory' : 'header' },
    };
  }
}

function* identifyPickles(fileSize: number, id: 'legacy' | 'pickle'): Reading<Identity> {
  const { bytes } = yield* pickleWindow(0, fileSize, Number.POSITIVE_INFINITY);
  const walk = instructions(bytes);
  let step = walk.next();
  let count = 0;
  for (; !step.done; step = walk.next()) count++;
  if (id === 'pickle' && (!step.value.stopped || count < 2)) return { id: 'unknown', params: {} };
  const dangerous = unsafeMembers(scanPickles(bytes));
  if (dangerous.length > 0) return { id: 'dangerous', params: { globals: dangerous.join(', ') } };
  return { id, params: {} };
}

/** What a `data.pkl` holds, from its instructions. */
function identifyPickle(pickle: Uint8Array): Identity {
  const found = scanPickles(pickle);
  const dangerous = unsafeMembers(found);
  if (dangerous.length > 0) return { id: 'dangerous', params: { globals: dangerous.join(', ') } };
  const { first, containers } = outlineOf(pickle);
  const root = found[0];
  const named = first?.opcode.name === 'GLOBAL' && root && first.position === root.position ? root : null;
  const size = found.filter(({ name }) => name.startsWith('_rebuild_tensor')).length;
  if (named && !allowedGlobals.has(fullName(named))) {
    return { id: 'model', params: { module: named.module, class: named.name } };
  }
  const model = found.find(
    (reference) => !fullName(reference).startsWith('torch._') && isModuleClass(reference.module),
  );
  if (named?.name === 'OrderedDict' && !model) return { id: 'state_dict', params: {} };
  const isDict = first?.opcode.name === 'EMPTY_DICT' || named?.name === 'OrderedDict';
  if (!isDict) return { id: 'object', params: {} };
  // A dict whose values are tensors alone: no dict or list beside them on the first level.
  if (!model && size > 0 && containers === 1) return { id: 'state_dict', params: {} };
  return { id: 'checkpoint', params: {} };
}

function isModuleClass(module: string): boolean {
  return (
    module.startsWith('torch.nn.modules.') ||
    module === '__main__' ||
    !/^(torch|collections|_codecs|builtins)/.test(module)
  );
}

/** The first instruction that makes something, and how many dicts and lists there are. */
function outlineOf(pickle: Uint8Array): { readonly first: Instruction | null; readonly containers: number } {
  let first: Instruction | null = null;
  let containers = 0;
  for (const instruction of instructions(pickle)) {
    const { name } = instruction.opcode;
    if (!first && !['PROTO', 'FRAME', 'BINPUT', 'MEMOIZE'].includes(name)) first = instruction;
    if (name === 'EMPTY_DICT' || name === 'EMPTY_LIST') containers++;
  }
  return { first, containers };
}
