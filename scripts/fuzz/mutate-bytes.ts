/** Changes that know nothing of what they change. */
import type { Random } from './random';

type Change = (data: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

const concat = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** A start and an end within the data, close together more often than not. */
function stretch(data: Uint8Array, random: Random): [number, number] {
  const start = random.below(data.length + 1);
  const longest = random.chance(0.7) ? 16 : data.length;
  return [start, Math.min(data.length, start + random.below(longest + 1))];
}

const changes: readonly Change[] = [
  (data, random) => {
    const out = data.slice();
    for (let n = 1 + random.below(8); n > 0 && out.length > 0; n--)
      out[random.below(out.length)] ^= 1 << random.below(8);
    return out;
  },
  (data, random) => {
    const out = data.slice();
    for (let n = 1 + random.below(4); n > 0 && out.length > 0; n--)
      out[random.below(out.length)] = random.next() & 0xff;
    return out;
  },
  (data, random) => {
    const out = data.slice();
    if (out.length < 8) return out;
    const view = new DataView(out.buffer);
    const at = random.below(out.length - 7);
    if (random.chance(0.5)) view.setUint32(at, random.edge(), true);
    else view.setUint16(at, random.edge() & 0xffff, true);
    return out;
  },
  (data, random) => data.slice(0, random.below(data.length + 1)),
  (data, random) => {
    const [start, end] = stretch(data, random);
    return concat(data.subarray(0, start), data.subarray(end));
  },
  (data, random) => {
    const at = random.below(data.length + 1);
    return concat(data.subarray(0, at), random.bytes(1 + random.below(20)), data.subarray(at));
  },
  (data, random) => {
    const [start, end] = stretch(data, random);
    const at = random.below(data.length + 1);
    const times = Array.from({ length: 1 + random.below(3) }, () => data.subarray(start, end));
    return concat(data.subarray(0, at), ...times, data.subarray(at));
  },
  (data, random, other) => {
    const [start, end] = stretch(other, random);
    const at = random.below(data.length + 1);
    return concat(data.subarray(0, at), other.subarray(start, end), data.subarray(at));
  },
  (data, random, other) =>
    concat(data.subarray(0, random.below(data.length + 1)), other.subarray(random.below(other.length + 1))),
  (data, random) => {
    const [start, end] = stretch(data, random);
    return data.slice().fill(random.pick([0, 0xff, 0x28, 0x2e]), start, end);
  },
];

export function mutateBytes(data: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  return random.pick(changes)(data, random, other);
}
