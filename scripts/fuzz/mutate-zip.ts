/** Archives taken apart and put together again, with fields that contradict each other. */
import { deflateRawSync } from 'node:zlib';
import { Budget } from '../../src/torch/serialization/budget';
import { readFrom } from '../../src/torch/serialization/byte-source';
import { Archive, dataOffset, entryData } from '../../src/torch/serialization/zip/archive';
import { crc32 } from '../../src/torch/serialization/zip/crc32';
import { mutateBytes } from './mutate-bytes';
import { mutatePickle } from './mutate-pickle';
import type { Random } from './random';

interface Member {
  name: string;
  data: Uint8Array;
}

/** Everything an entry says, before it is written. */
interface Fields {
  name: Buffer;
  localName: Buffer;
  flags: number;
  method: number;
  crc: number;
  compressed: number;
  size: number;
  localSize: number;
  offset: number;
  extra: Buffer;
  localExtra: Buffer;
  packed: Uint8Array;
}

/** Members of an archive PyTorch opens; `null` for anything else. */
export function membersOf(bytes: Uint8Array): Member[] | null {
  try {
    const { entries } = readFrom(bytes, Archive.open(bytes.length));
    return entries.slice(0, 60).map((entry) => {
      const start = readFrom(bytes, dataOffset(entry, entry.name, bytes.length));
      const options = { name: entry.name, most: 1 << 20, inflated: new Budget('inflatedBytes') };
      return { name: entry.name, data: readFrom(bytes, entryData(entry, start, options)) };
    });
  } catch {
    return null;
  }
}

function mutateMembers(members: Member[], random: Random): void {
  for (let n = random.chance(0.7) ? 1 : 3; n > 0; n--) {
    const at = random.below(members.length);
    const member = members[at];
    const other = random.pick(members);
    switch (random.below(10)) {
      case 0:
        members.splice(at, 1);
        break;
      case 1:
        members.push({ ...member });
        break;
      case 2:
        member.name = random.pick([
          other.name,
          member.name.toUpperCase(),
          member.name.replace(/^[^/]*\//, ''),
          `${member.name}/x`,
        ]);
        break;
      case 3:
        member.data = mutateBytes(member.data, random, other.data);
        break;
      case 4:
        [member.data, other.data] = [other.data, member.data];
        break;
      case 5:
        members.sort(() => random.below(3) - 1);
        break;
      default: {
        const pickle = members.find(({ name }) => name.endsWith('/data.pkl')) ?? member;
        pickle.data = mutatePickle(pickle.data, random);
      }
    }
    if (members.length === 0) members.push({ name: 'x/data.pkl', data: new Uint8Array(0) });
  }
}

function fieldsOf({ name, data }: Member, random: Random): Fields {
  const isDeflated = random.chance(0.1);
  const packed = isDeflated ? new Uint8Array(deflateRawSync(data, { level: random.below(10) })) : data;
  const stored = Buffer.from(name, 'latin1');
  return {
    name: stored,
    localName: stored,
    flags: random.pick([0, 0x0800, 0x0808]),
    method: isDeflated ? 8 : 0,
    crc: crc32(data),
    compressed: packed.length,
    size: data.length,
    localSize: data.length,
    offset: 0,
    extra: Buffer.alloc(0),
    localExtra: Buffer.alloc(random.chance(0.2) ? random.below(100) : 0),
    packed,
  };
}

const numbers = ['flags', 'method', 'crc', 'compressed', 'size', 'localSize', 'offset'] as const;

function contradict(all: Fields[], random: Random): void {
  const fields = random.pick(all);
  const other = random.pick(all);
  switch (random.below(8)) {
    case 0:
      fields[random.pick(numbers)] = random.edge();
      break;
    case 6:
    case 7:
      // Both sizes, as the directory of a stored record must have them.
      fields.size = random.chance(0.5)
        ? Math.max(0, fields.size - random.below(8))
        : random.below(fields.size * 2 + 1);
      if (fields.method === 0) fields.compressed = fields.size;
      break;
    case 1:
      // Records on top of each other.
      Object.assign(fields, {
        offset: other.offset,
        compressed: other.compressed,
        size: other.size,
        method: other.method,
      });
      break;
    case 2:
      fields.name = Buffer.from(mutateBytes(fields.name, random, other.name));
      break;
    case 3:
      fields.extra = Buffer.concat([Buffer.from([1, 0, 24, 0]), random.bytes(24)]);
      fields.size = 0xffffffff;
      break;
    case 4:
      fields.size = fields.size * random.pick([2, 1000, 1032]) + random.below(3);
      break;
    default:
      fields.compressed = Math.max(0, fields.compressed - random.below(20));
  }
}

/** The members in an archive, most of it right. */
function pack(members: readonly Member[], random: Random): Uint8Array {
  const all = members.map((member) => fieldsOf(member, random));
  let at = 0;
  const locals = all.map((fields) => {
    fields.offset = at;
    const { localName, localExtra, packed, flags, method, crc, localSize } = fields;
    const local = Buffer.concat([header(0x04034b50, 30), localName, localExtra, packed]);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(localSize, 22);
    local.writeUInt16LE(localName.length, 26);
    local.writeUInt16LE(localExtra.length, 28);
    at += local.length;
    return local;
  });
  if (random.chance(0.25)) for (let n = 1 + random.below(2); n > 0; n--) contradict(all, random);
  const central = Buffer.concat(all.map(entryOf));
  const end = header(0x06054b50, 22);
  end.writeUInt16LE(all.length, 8);
  end.writeUInt16LE(all.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  if (random.chance(0.04)) end.writeUInt16LE(random.edge() & 0xffff, random.pick([4, 6, 8, 10]));
  if (random.chance(0.04)) end.writeUInt32LE(random.edge(), random.pick([12, 16]));
  return new Uint8Array(Buffer.concat([...locals, central, end]));
}

function header(signature: number, size: number): Buffer {
  const out = Buffer.alloc(size);
  out.writeUInt32LE(signature);
  return out;
}

function entryOf({ name, flags, method, crc, compressed, size, offset, extra }: Fields): Buffer {
  const entry = Buffer.concat([header(0x02014b50, 46), name, extra]);
  entry.writeUInt16LE(flags & 0xffff, 8);
  entry.writeUInt16LE(method & 0xffff, 10);
  entry.writeUInt32LE(crc >>> 0, 16);
  entry.writeUInt32LE(compressed >>> 0, 20);
  entry.writeUInt32LE(size >>> 0, 24);
  entry.writeUInt16LE(name.length & 0xffff, 28);
  entry.writeUInt16LE(extra.length, 30);
  entry.writeUInt32LE(offset >>> 0, 42);
  return entry;
}

export function mutateZip(members: readonly Member[], random: Random): Uint8Array {
  const own = members.map((member) => ({ ...member }));
  if (random.chance(0.85)) mutateMembers(own, random);
  return pack(own, random);
}
