import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../torch/serialization/zip/crc32';
import { firstNotebook, limits, type NotebookState } from '../document';
import type { LayerCard } from '../network';
import { toBase64Url } from './base64url';
import { deflate } from './deflate';
import { readLink, writeLink } from './link';

const width = fc.integer({ min: 1, max: limits.width });
const card: fc.Arbitrary<Omit<LayerCard, 'id'>> = fc.oneof(
  fc.record({
    kind: fc.constant('Linear' as const),
    in_features: width,
    out_features: width,
    bias: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('BatchNorm1d' as const),
    num_features: width,
    eps: fc.double({ min: 0, max: 1, noNaN: true }),
    momentum: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('ReLU' as const) }),
  fc.record({ kind: fc.constant('Dropout' as const), p: fc.double({ min: 0, max: 1, noNaN: true }) }),
);
const notebook: fc.Arbitrary<NotebookState> = fc.record({
  network: fc.record({
    className: fc.constantFrom('Net', 'MyNet'),
    layers: fc
      .array(card, { maxLength: limits.layers })
      .map((cards) => cards.map((c, i) => ({ ...c, id: `c${i}` }) as LayerCard)),
  }),
  seed: fc.integer({ min: 0, max: limits.seed }),
  mode: fc.constantFrom('train' as const, 'eval' as const),
  batchSize: fc.integer({ min: 1, max: limits.batchSize }),
});

async function linkTo(json: unknown): Promise<string> {
  const body = await deflate(
    new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json)),
  );
  const bytes = new Uint8Array(4 + body.length);
  new DataView(bytes.buffer).setUint32(0, crc32(body));
  bytes.set(body, 4);
  return `m1.${toBase64Url(bytes)}`;
}

describe('a link', () => {
  test('opens what it was made from', async () => {
    // JSON has no -0, and PyTorch prints none for these fields.
    const normal = (n: NotebookState): unknown => JSON.parse(JSON.stringify(n));
    await fc.assert(
      fc.asyncProperty(notebook, async (n) => {
        expect(await readLink(await writeLink(n))).toEqual({ notebook: normal(n) });
      }),
      { numRuns: 60 },
    );
  });

  test('of the first notebook stays short', async () => {
    expect((await writeLink(firstNotebook)).length).toBeLessThan(400);
  });

  test('says that it was cut wherever it is cut', async () => {
    const link = await writeLink(firstNotebook);
    for (let n = 2; n < link.length; n++) expect(await readLink(link.slice(0, n))).toEqual({ fault: 'cut' });
  });

  test('never opens when one letter changed, and never throws', async () => {
    const link = await writeLink(firstNotebook);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: link.length - 1 }),
        fc.constantFrom(...'aZ0-_.!中'),
        async (at, letter) => {
          fc.pre(link[at] !== letter);
          expect(await readLink(link.slice(0, at) + letter + link.slice(at + 1))).toHaveProperty('fault');
        },
      ),
    );
  });

  test.each([
    ['', 'foreign'],
    ['hello', 'foreign'],
    ['https://example.org/', 'foreign'],
    ['m2.AAAA', 'version'],
    ['m1', 'cut'],
    ['m1.', 'cut'],
  ])('%j is %s', async (text, fault) => {
    expect(await readLink(text)).toEqual({ fault });
  });

  test.each([
    ['not JSON', 'x'],
    ['an empty object', {}],
    [
      'a layer too many',
      { ...firstNotebook, network: { className: 'Net', layers: new Array(13).fill({ kind: 'ReLU' }) } },
    ],
    [
      'a class name that is code',
      { ...firstNotebook, network: { ...firstNotebook.network, className: 'Net):\n import os' } },
    ],
    ['an unknown layer', { ...firstNotebook, network: { className: 'Net', layers: [{ kind: 'Conv9d' }] } }],
    ['a field too many', { ...firstNotebook, script: 'alert(1)' }],
    ['a batch of a million', { ...firstNotebook, batchSize: 1e6 }],
    ['a prototype', JSON.parse('{"__proto__": {"network": 1}}')],
  ])('whole but with %s is invalid', async (_, json) => {
    expect(await readLink(await linkTo(json))).toEqual({ fault: 'invalid' });
  });

  test('that would inflate without end is stopped', async () => {
    expect(await readLink(await linkTo(' '.repeat(10_000_000)))).toEqual({ fault: 'invalid' });
  });
});
