/** Tensors written as .safetensors, .npz and .csv, against what the real packages make of the same tensors. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { float32Repr } from '../python/repr';
import { PyDict } from '../python/values';
import { Tensor } from '../tensor';
import { csvColumns, csvLines } from './csv';
import { load } from './load';
import { npyData, npyHeader, numpyDType } from './npy';
import { NpzWriter } from './npz';
import { hasSafetensorsCode, saveSafetensors } from './safetensors-writer';
import { latin1 } from './utf8';
import { crc32 } from './zip/crc32';
import { readDirectory } from './zip/directory';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`./testdata/exports/${name}`, import.meta.url)));
const json = (name: string) => JSON.parse(new TextDecoder().decode(fixture(name)));

const tensors = tensorsOf(load(fixture('tensors.pth')));
const csvTexts: Record<string, string> = json('csv.json');
const numpy = membersOf(fixture('arrays.npz'));

function tensorsOf(value: unknown): [string, Tensor][] {
  if (!(value instanceof PyDict)) throw new Error('no dict');
  return [...value].flatMap(([key, tensor]) =>
    tensor instanceof Tensor ? [[String(key), tensor] as [string, Tensor]] : [],
  );
}

/** Data of each stored member by name, its checksum compared. */
function membersOf(zip: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(zip.buffer, zip.byteOffset);
  return new Map(
    readDirectory(zip).map(({ name, headerOffset, size, crc, method }) => {
      const start =
        headerOffset + 30 + view.getUint16(headerOffset + 26, true) + view.getUint16(headerOffset + 28, true);
      const data = zip.subarray(start, start + size);
      expect([method, crc32(data)]).toEqual([0, crc]);
      return [name, data];
    }),
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Header and data, the data in two pieces. */
function npyPieces(tensor: Tensor): Uint8Array[] {
  const { dtype, shape, itemsize } = tensor;
  const bytes = tensor.contiguousBytes();
  const middle = Math.floor(tensor.numel / 2) * itemsize;
  return [
    npyHeader(numpyDType(dtype), shape),
    npyData(bytes.subarray(0, middle), dtype),
    npyData(bytes.subarray(middle), dtype),
  ];
}

const numpyName = (name: string) => latin1(new TextEncoder().encode(`${name}.npy`));

test('there are tensors of every kind', () => {
  expect(tensors.length).toBe(28);
  expect([...numpy.keys()].sort()).toEqual(tensors.map(([name]) => numpyName(name)).sort());
});

test('.safetensors is what save_file writes, byte for byte', () => {
  const held = tensors.filter(([, { dtype }]) => hasSafetensorsCode(dtype));
  expect(tensors.length - held.length).toBe(1);
  expect(Buffer.from(saveSafetensors(held)).equals(fixture('tensors.safetensors'))).toBe(true);
});

test('.safetensors has no code for complex128', () => {
  const complex = tensors.filter(([name]) => name === 'complex128');
  expect(() => saveSafetensors(complex)).toThrow('torch.complex128');
});

test('.safetensors is read back', () => {
  const held = tensors.filter(([, { dtype }]) => hasSafetensorsCode(dtype));
  const again = new Map(tensorsOf(load(saveSafetensors(held), { fileName: 'a.safetensors' })));
  for (const [name, tensor] of held) {
    expect(again.get(name)?.shape).toEqual(tensor.shape);
    expect(again.get(name)?.contiguousBytes()).toEqual(tensor.contiguousBytes());
  }
});

test.each(tensors)('%j is the .npy that NumPy writes', (name, tensor) => {
  expect(Buffer.from(joined(npyPieces(tensor))).equals(numpy.get(numpyName(name)) as Uint8Array)).toBe(true);
});

test('.npz holds each of them', () => {
  const writer = new NpzWriter();
  const parts = tensors.flatMap(([name, tensor]) => {
    const pieces = npyPieces(tensor);
    const size = pieces.reduce((sum, { length }) => sum + length, 0);
    const crc = pieces.reduce((before, piece) => crc32(piece, before), 0);
    return [writer.add(name, { size, crc }), ...pieces];
  });
  const members = membersOf(joined([...parts, writer.finish()]));
  expect([...members.keys()]).toEqual(tensors.map(([name]) => numpyName(name)));
  for (const [name, data] of members) expect(data).toEqual(numpy.get(name));
});

test.each(tensors)('%j is the text Python makes of it', (name, tensor) => {
  const { dtype, shape } = tensor;
  expect(csvLines(tensor.contiguousBytes(), dtype, csvColumns(shape))).toBe(csvTexts[name]);
});

test('float32 has the shortest digits that read back', () => {
  const values: [number, string][] = json('float32.json');
  expect(values.length).toBeGreaterThan(600);
  for (const [value, text] of values) expect(float32Repr(value)).toBe(text);
});
