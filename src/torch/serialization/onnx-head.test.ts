import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HEAD, identify } from './identify';
import { looksLikeOnnx } from './onnx-head';

const graph = new Uint8Array(
  readFileSync(new URL('../../../e2e/fixtures/uploads/graph.onnx', import.meta.url)),
);

describe('a model that onnx wrote', () => {
  test('is known by its beginning, whatever of the graph is cut off', () => {
    expect(identify(graph).id).toBe('onnx');
    const graphAt = 2 + 2 + 'pytorch'.length;
    for (let end = graphAt + 4; end <= graph.length; end++)
      expect(looksLikeOnnx(graph.subarray(0, end))).toBe(true);
  });

  test('is no model without its version, or with a field no model has', () => {
    expect(looksLikeOnnx(graph.subarray(2))).toBe(false);
    const changed = graph.slice();
    changed[2] = (13 << 3) | 2;
    expect(looksLikeOnnx(changed)).toBe(false);
  });
});

test('bytes of no kind are not taken for one, and end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: HEAD }), (bytes) => {
      const begun = Uint8Array.of(0x08, 9, ...bytes);
      const fieldsOfAModel = [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72, 0xa2, 0xca];
      if (looksLikeOnnx(begun)) expect(fieldsOfAModel).toContain(bytes[0]);
    }),
  );
});
