/**
 * Iteration order of libstdc++'s `std::unordered_set<std::string>` on 64-bit Linux. `torch.save` hashes its record names in
 * that order (caffe2/serialize/inline_container.cc), so a byte-identical file needs it. The structure is libstdc++'s
 * (bits/hashtable.h): one singly linked list, and for each bucket the node before its first one.
 */

const MASK64 = (1n << 64n) - 1n;
const MULTIPLIER = 0xc6a4a7935bd1e995n;
const SEED = 0xc70f6907n;

/** `std::hash<std::string>`: MurmurHash64A with libstdc++'s seed. */
export function hashOfString(data: Uint8Array): bigint {
  const mix = (k: bigint): bigint => {
    const scrambled = (k * MULTIPLIER) & MASK64;
    return ((scrambled ^ (scrambled >> 47n)) * MULTIPLIER) & MASK64;
  };
  let h = SEED ^ ((BigInt(data.length) * MULTIPLIER) & MASK64);
  const whole = data.length & ~7;
  for (let i = 0; i < whole; i += 8) h = ((h ^ mix(littleEndian(data, i, 8))) * MULTIPLIER) & MASK64;
  if (data.length > whole) h = ((h ^ littleEndian(data, whole, data.length - whole)) * MULTIPLIER) & MASK64;
  h ^= h >> 47n;
  h = (h * MULTIPLIER) & MASK64;
  return h ^ (h >> 47n);
}

function littleEndian(data: Uint8Array, at: number, length: number): bigint {
  let value = 0n;
  for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(data[at + i]);
  return value;
}

/** Bucket counts the table grows through when elements are inserted one at a time (std::__detail::__prime_list). */
const bucketCounts = [
  13, 29, 59, 127, 257, 541, 1109, 2357, 5087, 10273, 20753, 42043, 85229, 172933, 351061, 712697, 1447153,
  2938679,
];

interface Node {
  readonly hash: bigint;
  next: Node | null;
}

/** The hashes of distinct strings in iteration order, after inserting them in the order given. */
export function iterationOrder(hashes: readonly bigint[]): bigint[] {
  const head: { next: Node | null } = { next: null };
  let buckets = new Map<number, { next: Node | null }>();
  let size = 1;
  const bucketOf = (node: Node): number => Number(node.hash % BigInt(size));

  const link = (node: Node): void => {
    const bucket = bucketOf(node);
    const before = buckets.get(bucket);
    if (before) {
      node.next = before.next;
      before.next = node;
      return;
    }
    node.next = head.next;
    head.next = node;
    if (node.next) buckets.set(bucketOf(node.next), node);
    buckets.set(bucket, head);
  };

  for (const [count, hash] of hashes.entries()) {
    if (count === 0 || count + 1 > size) {
      size = bucketCounts.find((n) => n > Math.max(count + 1, size * 2 - 1)) ?? size * 2 + 1;
      if (count === 0) size = bucketCounts[0];
      buckets = new Map();
      let node = head.next;
      head.next = null;
      while (node) {
        const { next } = node;
        link(node);
        node = next;
      }
    }
    link({ hash, next: null });
  }

  const order: bigint[] = [];
  for (let node = head.next; node; node = node.next) order.push(node.hash);
  return order;
}
