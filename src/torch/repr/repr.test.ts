/** Printed text against real PyTorch's. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { DType } from '../dtype';
import { Parameter, Storage, Tensor } from '../tensor';
import { fixed, scientific } from './decimal';
import { tensorRepr } from './tensor';

const read = (name: string): string => readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8');

interface Sample {
  readonly id: string;
  readonly dtype: DType;
  readonly shape: number[];
  readonly device: string;
  readonly hex: string;
  readonly is_parameter: boolean;
  readonly requires_grad: boolean;
  readonly grad_fn?: string;
  readonly text: string;
}

test.each((JSON.parse(read('samples.json')) as { samples: Sample[] }).samples)('prints $id', (sample) => {
  const { dtype, shape, hex, device, requires_grad: requiresGrad, text } = sample;
  const storage = new Storage(dtype, new Uint8Array(Buffer.from(hex, 'hex')), device);
  const tensor = new Tensor(storage, shape, { requiresGrad });
  const shown = sample.is_parameter ? new Parameter(tensor, requiresGrad) : tensor;
  expect(tensorRepr(shown, sample.grad_fn)).toBe(text);
});

test.each([
  [fixed(0.03125, 4), '0.0312'],
  [fixed(-0, 4), '-0.0000'],
  [fixed(2.5, 0), '2'],
  [fixed(3.5, 0), '4'],
  [scientific(1000050, 4), '1.0000e+06'],
  [scientific(1000150, 4), '1.0002e+06'],
  [scientific(9.99995, 4), '1.0000e+01'],
  [scientific(0, 4), '0.0000e+00'],
])('%s', (text, expected) => expect(text).toBe(expected));
