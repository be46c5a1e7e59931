/** A checkpoint of any size that takes no room: its tensors are zeros, which a file system keeps as a hole. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { PyDict } from '../src/torch/python/values';
import { Pickler } from '../src/torch/serialization/pickle/pickler';
import { crc32 } from '../src/torch/serialization/zip/crc32';
import { Storage, Tensor } from '../src/torch/tensor';

interface Entry {
  readonly name: string;
  readonly data: Uint8Array | null;
  readonly size: number;
}

/**
 * Writes a state_dict of `count` float32 tensors (rows, 1024), each of `bytes`, a multiple of 4096. It is what `torch.load` reads:
 * checksums, which it does not compare, are left out for the zeros. All together stays below 4 GiB.
 */
export function writeSparseCheckpoint(path: string, count: number, bytes: number): void {
  const tensors = Array.from({ length: count }, (_, i): [string, Tensor] => [
    `layers.${i}.weight`,
    // Of a storage that is only named, nothing but its length is asked.
    new Tensor(new Storage('float32', { length: bytes } as Uint8Array), [bytes / 4096, 1024]),
  ]);
  const pickle = new Pickler().dump(PyDict.ordered(tensors));
  const entries: Entry[] = [
    whole('data.pkl', pickle),
    whole('byteorder', Buffer.from('little')),
    ...tensors.map((_, i) => ({ name: `data/${i}`, data: null, size: bytes })),
    whole('version', Buffer.from('3\n')),
  ];
  const file = openSync(path, 'w');
  let at = 0;
  const central = entries.map((entry) => {
    const { name, data, size } = entry;
    const fields = [0, data ? crc32(data) : 0, size, size] as const;
    const header = record(0x04034b50, `sparse/${name}`, fields, null);
    writeSync(file, header, 0, header.length, at);
    if (data) writeSync(file, data, 0, data.length, at + header.length);
    const listed = record(0x02014b50, `sparse/${name}`, fields, at);
    at += header.length + size;
    return listed;
  });
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  ftruncateSync(file, at);
  writeSync(file, Buffer.concat([directory, end]), 0, directory.length + end.length, at);
  closeSync(file);
}

function whole(name: string, data: Uint8Array): Entry {
  return { name, data, size: data.length };
}

/** A local header, or with `offset` an entry of the directory. */
function record(
  signature: number,
  name: string,
  fields: readonly [time: number, crc: number, compressed: number, size: number],
  offset: number | null,
): Buffer {
  const isListed = offset !== null;
  const out = Buffer.alloc((isListed ? 46 : 30) + name.length);
  const start = isListed ? 12 : 10;
  out.writeUInt32LE(signature, 0);
  for (const [i, field] of fields.entries()) out.writeUInt32LE(field, start + 4 * i);
  out.writeUInt16LE(name.length, start + 16);
  if (isListed) out.writeUInt32LE(offset, 42);
  out.write(name, isListed ? 46 : 30);
  return out;
}
