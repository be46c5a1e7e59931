/** What a call does besides its numbers: order of draws and counts, what has happened when a later layer raises. */
import { describe, expect, it } from 'vitest';
import { ReLU } from '../torch/nn/activation';
import { BatchNorm1d } from '../torch/nn/batchnorm';
import { Sequential } from '../torch/nn/container';
import { DataParallel } from '../torch/nn/data-parallel';
import { Dropout } from '../torch/nn/dropout';
import { createLayer, type LayerClass } from '../torch/nn/layer-class';
import { Linear } from '../torch/nn/linear';
import type { Module } from '../torch/nn/module';
import { UserModule } from '../torch/program/user-module';
import type { PyValue } from '../torch/python/values';
import { PyFloat } from '../torch/python/values';
import { Generator } from '../torch/random/generator';
import { cloneModule, layerPathOf, type NdArray, ReferenceBackend, runForward } from '.';

const backend = new ReferenceBackend();
const make = (cls: LayerClass, ...args: PyValue[]): Module =>
  createLayer(cls, { args, kwargs: new Map() }, new Generator(1));
const batch = (rows: number, columns: number): NdArray => ({
  shape: [rows, columns],
  values: Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i)),
});

async function raised(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('runForward', () => {
  it('runs the calls before the one that raises, and says which one did', async () => {
    const bn = make(BatchNorm1d, 4) as BatchNorm1d;
    const late = make(BatchNorm1d, 5) as BatchNorm1d;
    const net = Sequential.of([make(Linear, 2, 4), bn, make(Dropout, new PyFloat(0.5)), late, make(Dropout)]);
    const generator = new Generator(3);
    const error = await raised(runForward(backend, net, batch(3, 2), generator));
    expect(error).toMatchObject({
      type: 'RuntimeError',
      message: 'running_mean should contain 4 elements not 5',
    });
    expect(layerPathOf(error)).toBe('3');
    expect(generator.draws).toBe(2 * 3 * 4);
    const counts = [bn, late].map((layer) => layer.buffers.get('num_batches_tracked')!.int64Data()[0]);
    expect(counts).toEqual([1n, 1n]);
    expect(
      bn.buffers
        .get('running_mean')!
        .float32Data()
        .some((value) => value !== 0),
    ).toBe(true);
    expect([...late.buffers.get('running_mean')!.float32Data()]).toEqual([0, 0, 0, 0, 0]);
  });

  it('calls what a DataParallel holds, in its place', async () => {
    const net = Sequential.of([make(Linear, 2, 4), make(ReLU)]);
    const input = batch(3, 2);
    const alone = await runForward(backend, net, input, new Generator(0));
    const wrapped = await runForward(backend, DataParallel.of(net), input, new Generator(0));
    expect(wrapped.output).toEqual(alone.output);
    expect([...wrapped.activations.keys()]).toEqual(['module.0', 'module.1']);
  });

  it('refuses a batch of one in training only', async () => {
    const net = Sequential.of([make(Linear, 2, 4), make(BatchNorm1d, 4)]);
    const error = await raised(runForward(backend, net, batch(1, 2), new Generator(0)));
    expect(error).toMatchObject({
      type: 'ValueError',
      message: 'Expected more than 1 value per channel when training, got input size torch.Size([1, 4])',
    });
    expect((await runForward(backend, net.eval(), batch(1, 2), new Generator(0))).output.shape).toEqual([
      1, 4,
    ]);
  });

  it('keeps the activations, masks and statistics of every call by path, in order', async () => {
    const block = Sequential.of([make(Linear, 2, 4), make(ReLU)]);
    const net = Sequential.of([block, make(BatchNorm1d, 4), make(Dropout)], ['block', 'bn', 'drop']);
    const seen = await runForward(backend, net, batch(3, 2), new Generator(0));
    expect([...seen.activations.keys()]).toEqual(['block.0', 'block.1', 'bn', 'drop']);
    expect([...seen.masks.keys()]).toEqual(['drop']);
    expect([...seen.batchStatistics.keys()]).toEqual(['bn']);
    const [before, after] = ['bn', 'drop'].map((path) => seen.activations.get(path)!.values);
    const { kept } = seen.masks.get('drop')!;
    for (const [i, value] of after.entries()) expect(value).toBeCloseTo(kept[i] * 2 * before[i], 6);
    const mean = seen.activations
      .get('block.1')!
      .values.reduce((sum, v, i) => (i % 4 === 0 ? sum + v / 3 : sum), 0);
    expect(seen.batchStatistics.get('bn')!.mean[0]).toBeCloseTo(mean, 6);
  });

  it('draws and moves nothing in evaluation', async () => {
    const net = Sequential.of([make(BatchNorm1d, 2), make(Dropout)]).eval();
    const generator = new Generator(0);
    const first = await runForward(backend, net, batch(4, 2), generator);
    const second = await runForward(backend, net, batch(4, 2), generator, { observe: false });
    expect(first.output).toEqual(second.output);
    expect(first.masks.size + second.activations.size + generator.draws).toBe(0);
    expect([...net.modules.get('0')!.buffers.get('running_mean')!.float32Data()]).toEqual([0, 0]);
  });

  it('follows a forward that calls a layer twice', async () => {
    const layers = [
      { attribute: 'fc', kind: 'Linear', args: [3, 3], kwargs: new Map() },
      { attribute: 'bn', kind: 'BatchNorm1d', args: [3], kwargs: new Map() },
    ];
    const forward = [
      { call: 'fc' },
      { call: 'bn' },
      { apply: 'F.relu' as const },
      { call: 'fc' },
      { call: 'bn' },
    ];
    const net = UserModule.create({ className: 'Net', layers, forward }, new Generator(0));
    const seen = await runForward(backend, net, batch(4, 3), new Generator(0));
    expect([...seen.activations.keys()]).toEqual(['fc', 'bn', 'F.relu', 'fc#2', 'bn#2']);
    const { buffers } = net.modules.get('bn')!;
    expect(buffers.get('num_batches_tracked')!.int64Data()[0]).toBe(2n);
    const [first, second] = ['bn', 'bn#2'].map((path) => seen.batchStatistics.get(path)!.mean[0]);
    expect(buffers.get('running_mean')!.float32Data()[0]).toBeCloseTo(0.9 * 0.1 * first + 0.1 * second, 6);
  });

  it('raises for an attribute that is missing, after the calls before it', async () => {
    const spec = { className: 'Net', layers: [], forward: [{ call: 'drop' }, { call: 'gone' }] };
    const net = UserModule.create(spec, new Generator(0));
    net.modules.set('drop', make(Dropout));
    const generator = new Generator(0);
    const error = await raised(runForward(backend, net, batch(2, 2), generator));
    expect(error).toMatchObject({ type: 'AttributeError', message: "'Net' object has no attribute 'gone'" });
    expect(generator.draws).toBe(8);
  });
});

describe('cloneModule', () => {
  it('leaves the original alone and keeps what was shared shared', async () => {
    const bn = make(BatchNorm1d, 2);
    const net = Sequential.of([bn, make(Linear, 2, 2), make(Linear, 2, 2)]);
    net.modules.get('2')!.parameters.set('weight', net.modules.get('1')!.parameters.get('weight')!);
    const copy = cloneModule(net);
    await runForward(backend, copy, batch(4, 2), new Generator(0));
    copy.eval();
    expect(net.training).toBe(true);
    expect([...bn.buffers.get('running_mean')!.float32Data()]).toEqual([0, 0]);
    expect(copy.modules.get('0')).toBeInstanceOf(BatchNorm1d);
    expect(copy.modules.get('1')!.parameters.get('weight')).toBe(
      copy.modules.get('2')!.parameters.get('weight'),
    );
    expect(copy.modules.get('1')!.parameters.get('weight')).not.toBe(
      net.modules.get('1')!.parameters.get('weight'),
    );
  });
});
