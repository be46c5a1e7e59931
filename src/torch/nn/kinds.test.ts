/** Each kind of layer against real PyTorch: what it prints, what it draws, which shape it gives. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseLiterals } from '../program/literal-json';
import { asList, asObject, rootSpec } from '../program/spec-json';
import { build } from '../program/user-module';
import { Generator } from '../random/generator';
import { moduleRepr } from '../repr/module';
import type { Tensor } from '../tensor';

const kinds = asList(parseLiterals(readFileSync(new URL('./testdata/kinds.json', import.meta.url), 'utf8')))
  .map(asObject)
  .map(
    (row) => ({ ...row, text: String(row.text) }) as { readonly text: string } & ReturnType<typeof asObject>,
  );

describe.each(kinds)('$text', (row) => {
  const layer = build(rootSpec(row.spec), new Generator(0));

  test('prints as in PyTorch', () => expect(moduleRepr(layer)).toBe(row.text));

  test('draws the same parameters', () => {
    const hash = createHash('sha256');
    for (const tensor of layer.stateDict().values()) hash.update((tensor as Tensor).contiguousBytes());
    expect(hash.digest('hex')).toBe(row.state);
  });

  test('gives the same shape', () => {
    expect(layer.outputShape(asList(row.input).map(Number))).toEqual(row.output);
  });
});
