/** `.data/serialization_id`: 40 digits that `torch.save` makes of record names and checksums (caffe2/serialize/inline_container.cc). */
import { encodeUtf8 } from '../utf8';
import { hashOfString, iterationOrder } from './unordered-set';

const MASK64 = (1n << 64n) - 1n;

/** c10::hash_combine (c10/util/hash.h). */
function combine(seed: bigint, value: bigint): bigint {
  return seed ^ ((value + 0x9e3779b9n + ((seed << 6n) & MASK64) + (seed >> 2n)) & MASK64);
}

/**
 * `names` are the records before the id, without folder, in file order; `checksums` what the writer saw of them.
 * Only this build's C++ library gives this order of names: the first half differs on macOS and Windows.
 */
export function serializationId(names: readonly string[], checksums: readonly number[]): string {
  const order = iterationOrder(names.map((name) => hashOfString(encodeUtf8(name))));
  const ofNames = order.reduce(combine, 0n);
  const ofData = checksums.reduce((seed, crc) => combine(seed, BigInt(crc)), 0n);
  const digits = (value: bigint): string => value.toString().padStart(20, '0');
  return digits(ofNames) + digits(ofData);
}
