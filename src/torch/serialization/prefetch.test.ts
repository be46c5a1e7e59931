/** A file loaded from its parts against the same file in memory; and how little of it is read. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PythonError } from '../errors';
import { PyDict } from '../python/values';
import { Storage, Tensor } from '../tensor';
import { type ByteSource, MemorySource } from './byte-source';
import { load } from './load';
import { PartsInMemory } from './parts-in-memory';
import { Pickler } from './pickle/pickler';
import { type Loadable, prefetch } from './prefetch';
import { Refusal } from './refusal';
import { save } from './save';
import { readDirectory } from './zip/directory';
import { writeArchive } from './zip/writer';

const folders = ['./testdata/', './testdata/described/', '../../../e2e/fixtures/uploads/'];
const files = folders.flatMap((folder) =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((name) => name.endsWith('.pth'))
    .map((name) => [name, new Uint8Array(readFileSync(new URL(folder + name, import.meta.url)))] as const),
);

/** The value as bytes where it can be saved again, or what was raised. */
function outcome(file: Loadable, weightsOnly: boolean): string {
  try {
    return Buffer.from(save(load(file, { weightsOnly }), 'x.pth')).toString('base64');
  } catch (error) {
    if (error instanceof PythonError) return error.shown;
    if (error instanceof Refusal) return `${error.message} ${error.globals}`;
    throw error;
  }
}

describe.each(files)('%s', (name, bytes) => {
  test.each([true, false])('comes to the same, weights_only=%s', async (weightsOnly) => {
    const parts = await prefetch(new MemorySource(bytes), name);
    expect(outcome(parts, weightsOnly)).toBe(outcome(bytes, weightsOnly));
  });
});

class CountingSource extends MemorySource implements ByteSource {
  count = 0;
  override read(start: number, end: number): Promise<Uint8Array> {
    this.count++;
    return super.read(start, end);
  }
}

function tensor(count: number): Tensor {
  return new Tensor(new Storage('float32', new Uint8Array(count * 4).fill(1)), [count]);
}

test('many small storages come together', async () => {
  const dict = new PyDict(Array.from({ length: 2000 }, (_, i) => [`layer${i}.weight`, tensor(100)]));
  const source = new CountingSource(save(dict, 'many.pth'));
  const parts = await prefetch(source, 'many.pth');
  expect(parts).toBeInstanceOf(PartsInMemory);
  expect(source.count).toBeLessThan(30);
  expect((load(parts) as PyDict).size).toBe(2000);
});

/** An archive of one storage of `count` floats that its directory lists under nine names; the pickle asks for them all. */
function overlapping(count: number): Uint8Array {
  const pickle = new Pickler().dump(
    new PyDict(Array.from({ length: 9 }, (_, i) => [`w${i}`, tensor(count)])),
  );
  const bytes = writeArchive('x', pickle, [['0', new Uint8Array(4 * count)]]);
  const end = bytes.length - 22;
  const directoryStart = new DataView(bytes.buffer).getUint32(end + 16, true);
  const directory = Buffer.from(bytes.subarray(directoryStart, end - 76));
  const at = directory.indexOf('x/data/0') - 46;
  const more = Array.from({ length: 8 }, (_, i) => {
    const entry = Buffer.from(directory.subarray(at, at + 54));
    entry.write(String(i + 1), 53);
    return entry;
  });
  const out = Buffer.concat([bytes.subarray(0, directoryStart), directory, ...more, bytes.subarray(end)]);
  const total = readDirectory(bytes).length + more.length;
  out.writeUInt16LE(total, out.length - 14);
  out.writeUInt16LE(total, out.length - 12);
  out.writeUInt32LE(directory.length + 54 * more.length, out.length - 10);
  return new Uint8Array(out);
}

test('records that share their bytes are no more than the file together', async () => {
  // Small ones are less than what surrounds them: PyTorch loads such a file, and so does this.
  expect((load(overlapping(10)) as PyDict).size).toBe(9);
  const big = overlapping(1_000_000);
  expect(() => load(big)).toThrow(Refusal);
  await expect(prefetch(new MemorySource(big), 'x.pth')).rejects.toThrow(Refusal);
});

test('a part that was not foreseen is said to be missing', async () => {
  const storage = '(U\x07storagectorch\nFloatStorage\nU\x010U\x03cpuK\x04tQ';
  const pickle = `ctorch._utils\n_rebuild_tensor_v2\n(${storage}K\0K\x04\x85K\x01\x85\x89)tR.`;
  const bytes = writeArchive('x', Buffer.from(pickle, 'latin1'), [['0', new Uint8Array(4)]]);
  const parts = await prefetch(new MemorySource(bytes), 'x.pth');
  // mmap takes sixteen bytes from where the record of four begins.
  const options = { mmap: true, fileName: 'x.pth' };
  expect(load(bytes, options)).toBeInstanceOf(Tensor);
  expect(() => load(parts, options)).toThrow(Refusal);
  expect(parts).toMatchObject({ missed: true });
});
