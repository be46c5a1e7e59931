/** Writing `.npz` piece by piece, as `numpy.savez` lays it out: a zip of stored `.npy` members, one per tensor. */
import { Refusal } from './refusal';
import { encodeUtf8 } from './utf8';
import { ByteWriter } from './zip/byte-writer';

const LOCAL_HEADER = 30;
const CENTRAL_ENTRY = 46;
const END = 22;
const versionNeeded = 20;
const utf8Names = 0x0800;
/** 1980-01-01, the first day a zip can name: the same tensors give the same bytes. */
const firstDay = 0x0021;
/** Beyond it a zip needs its 64-bit form, which this writer does not write. */
const MAX_SIZE = 0xffffffff;
const MAX_MEMBERS = 0xffff;

interface Member {
  readonly name: Uint8Array;
  readonly crc: number;
  readonly size: number;
  readonly offset: number;
}

export class NpzWriter {
  private readonly members: Member[] = [];
  private at = 0;

  /**
   * What stands before the member's `size` bytes, which follow it in the file. Raises Refusal where the file would outgrow 4 GiB
   * or 65535 tensors.
   */
  add(name: string, { size, crc }: { readonly size: number; readonly crc: number }): Uint8Array {
    const member = { name: encodeUtf8(`${name}.npy`), crc, size, offset: this.at };
    this.members.push(member);
    const header = new ByteWriter(LOCAL_HEADER + member.name.length).u32(0x04034b50);
    writeFields(header, member).raw(member.name);
    this.at += header.bytes.length + size;
    if (this.at > MAX_SIZE || this.members.length > MAX_MEMBERS)
      throw new Refusal('limit', 'an .npz beyond 4 GiB or 65535 tensors');
    return header.bytes;
  }

  /** The directory, which ends the file. */
  finish(): Uint8Array {
    const { members, at } = this;
    const size = members.reduce((sum, { name }) => sum + CENTRAL_ENTRY + name.length, 0);
    const out = new ByteWriter(size + END);
    for (const member of members) {
      writeFields(out.u32(0x02014b50).u16(versionNeeded), member);
      out.u16(0).u16(0).u16(0).u32(0).u32(member.offset).raw(member.name);
    }
    out.u32(0x06054b50).u16(0).u16(0).u16(members.length).u16(members.length).u32(size).u32(at).u16(0);
    return out.bytes;
  }
}

/** What a local header and an entry of the directory have in common, up to the lengths of name and extra field. */
function writeFields(out: ByteWriter, { name, crc, size }: Member): ByteWriter {
  return out
    .u16(versionNeeded)
    .u16(utf8Names)
    .u16(0)
    .u16(0)
    .u16(firstDay)
    .u32(crc)
    .u32(size)
    .u32(size)
    .u16(name.length)
    .u16(0);
}
