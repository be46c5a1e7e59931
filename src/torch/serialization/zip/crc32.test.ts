import { deflateRawSync, crc32 as ofZlib } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from './crc32';
import { InflateError, inflate } from './inflate';

/** Python's binascii.crc32, which zip's authors publish as the check value. */
test('of 123456789', () => expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926));

test('starts anywhere, and goes on from anywhere', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), fc.nat(7), (data, cut, skip) => {
      const whole = crc32(data);
      const shifted = new Uint8Array(data.length + skip);
      shifted.set(data, skip);
      expect(crc32(shifted.subarray(skip))).toBe(whole);
      expect(crc32(data.subarray(cut), crc32(data.subarray(0, cut)))).toBe(whole);
      expect(whole).toBe(ofZlib(data));
    }),
  );
});

test('of much, in one piece and in several', () => {
  const data = Uint8Array.from({ length: 200_003 }, (_, i) => (i * i * 31) >> 5);
  const whole = ofZlib(data);
  for (const cut of [0, 1, 3, 40_000, 131_072, 200_000]) {
    expect(crc32(data.subarray(cut), crc32(data.subarray(0, cut)))).toBe(whole);
  }
});

describe('inflate', () => {
  const text = Buffer.from('what was zipped again, zipped again, zipped again\n'.repeat(40));
  const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 7919) >> 3));

  test.each([
    ['stored', noise, 0],
    ['fixed and dynamic codes', text, 9],
    ['long codes', Buffer.concat([noise, text, noise]), 6],
    ['nothing', Buffer.alloc(0), 6],
  ])('%s', (_, data, level) => {
    const packed = deflateRawSync(data, { level });
    expect(Buffer.from(inflate(packed, data.length)).equals(data)).toBe(true);
    const start = inflate(packed, data.length, 100);
    expect(Buffer.from(start).equals(data.subarray(0, 100))).toBe(true);
    expect(() => inflate(packed, data.length + 1)).toThrow(InflateError);
    if (data.length > 0) expect(() => inflate(packed, data.length - 1)).toThrow(InflateError);
    if (data.length > 0) expect(() => inflate(packed.subarray(0, -8), data.length)).toThrow(InflateError);
  });

  test.each([
    // Block type 3; a code of lengths with more codes than bits allow; one that leaves codes over.
    [[0x07]],
    [[0x05, 0xe0, 0x49, 0x92, 0x24, 0x49, 0x92, 0x24, 0x49]],
    [[0x05, 0x00, 0x92, 0x00, 0x00, 0x00, 0x00, 0x00]],
  ])('refuses %j', (bytes) => {
    expect(() => inflate(Uint8Array.from(bytes), 100)).toThrow(InflateError);
  });
});
