/** Masks of inputs that are not row-major, as PyTorch draws them. */
import { expect, test } from 'vitest';
import type { Dropout } from '../nn/dropout';
import { createLayer } from '../nn/layer-class';
import { layerClasses } from '../nn/registry';
import { PyFloat } from '../python/values';
import { Generator } from './generator';
import { denseStride } from './memory-order';
import masks from './testdata/masks.json';

const call = { args: [new PyFloat(0.5)], kwargs: new Map() };
const dropout = createLayer(layerClasses.get('Dropout')!, call, new Generator(0)) as Dropout;

test.each(masks)('shape $shape, stride $stride', ({ shape, stride, dense, mask }) => {
  const long = (values: readonly number[]): number[] => values.filter((_, axis) => shape[axis] > 1);
  expect(long(denseStride(shape, stride))).toEqual(long(dense));
  expect([...dropout.drawMask(new Generator(0), shape, stride)!]).toEqual(mask);
});
