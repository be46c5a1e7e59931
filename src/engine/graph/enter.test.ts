/** A forward of other dtypes: which call raises, and what has happened by then. */
import { describe, expect, it } from 'vitest';
import type { DType } from '../../torch/dtype';
import { PythonError } from '../../torch/errors';
import { Softmax } from '../../torch/nn/activation';
import { BatchNorm1d } from '../../torch/nn/batchnorm';
import { Sequential } from '../../torch/nn/container';
import { Dropout } from '../../torch/nn/dropout';
import { createLayer, type LayerClass } from '../../torch/nn/layer-class';
import { Linear } from '../../torch/nn/linear';
import type { Module } from '../../torch/nn/module';
import type { PyValue } from '../../torch/python/values';
import { Generator } from '../../torch/random/generator';
import { enterForward, layerPathOf } from './enter';

const make = (cls: LayerClass, ...args: PyValue[]): Module =>
  createLayer(cls, { args, kwargs: new Map() }, new Generator(1));

function enter(layers: readonly Module[], dtype: DType) {
  const generator = new Generator(0);
  const texts: string[] = [];
  const warn = ({ message }: { readonly message: string }) => texts.push(message);
  const entered = enterForward(Sequential.of(layers), [2, 3], generator, { dtype, warn });
  const error = entered.failure?.error;
  return {
    texts,
    draws: generator.draws,
    path: layerPathOf(error),
    message: error instanceof PythonError ? error.message : null,
  };
}

describe('enterForward', () => {
  it('raises where the dtype meets a layer of another', () => {
    const { path, message } = enter([make(Softmax, 1), make(Linear, 3, 2)], 'float64');
    expect(message).toBe('mat1 and mat2 must have the same dtype, but got Double and Float');
    expect(path).toBe('1');
  });

  it('counts a batch of the wrong dtype', () => {
    const norm = make(BatchNorm1d, 3);
    expect(enter([norm], 'int64').message).toBe('"batch_norm" not implemented for \'Long\'');
    expect(norm.buffers.get('num_batches_tracked')?.int64Data()[0]).toBe(1n);
  });

  it('draws what Dropout cannot scale', () => {
    const { message, draws } = enter([make(Dropout)], 'int64');
    expect(message).toBe("result type Float can't be cast to the desired output type Long");
    expect(draws).toBe(2 * 2 * 3);
  });

  it('warns before it raises', () => {
    const { texts, message } = enter([make(Softmax)], 'bool');
    expect(texts).toEqual([
      'Implicit dimension choice for softmax has been deprecated. Change the call to include dim=X as an argument.',
    ]);
    expect(message).toBe('"softmax_lastdim_kernel_impl" not implemented for \'Bool\'');
  });
});
