/**
 * Inverted dropout as ATen/native/Dropout.cpp computes it: y = x * noise, one rounding. The noise is an input, because
 * it comes from the generator; with p = 1 it is zero and nothing is drawn (a dropped inf is still nan). Dropout2d has one
 * noise for all of a channel.
 */
import type { AnyDropout } from '../../../torch/nn/dropout';
import { numelOf } from '../../../torch/tensor';
import { names } from '../names';
import type { LayerRule } from './rule';

export const dropout: LayerRule<AnyDropout> = {
  enter(layer, { path, input, dtype, generator, warn }) {
    const output = layer.outputShape(input, 'float32', warn);
    const shape = layer.maskShape(input);
    const kept = layer.drawMask(generator, input);
    if (!kept) return { output };
    // A dtype that cannot be scaled is noticed once the noise is drawn.
    layer.checkNoise(dtype);
    const factor = layer.keptFactor;
    const noise = new Float32Array(kept.length);
    for (let i = 0; i < kept.length; i++) noise[i] = kept[i] * factor;
    return { output, mask: { shape, kept }, feeds: [[names.noise(path), noise]] };
  },
  variant(layer) {
    if (!layer.training || layer.p === 0) return 'identity';
    return layer.p === 1 ? 'zero' : 'noise';
  },
  lower(layer, path, x, { builder }) {
    const shape = builder.shapeOf(x);
    if (!layer.training || layer.p === 0 || numelOf(shape) === 0) return x;
    if (layer.p === 1) return builder.mul(x, builder.scalar(0));
    const mask = layer.maskShape(shape);
    const noise = builder.input(names.noise(path), mask);
    return builder.mul(x, builder.reshape(noise, [...mask, ...shape.slice(mask.length).map(() => 1)]));
  },
};
