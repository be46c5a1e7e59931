import { describe, expect, it } from 'vitest';
import { figureKey, figureModel } from './network-model';
import { kernelView, tudui } from './view-for-tests';

describe('figureModel', () => {
  it('has the input and every layer, with the values of the asked row', () => {
    const view = kernelView(tudui, 8, 'train');
    const model = figureModel(view, 3);
    expect(model.columns.map((column) => column.id)).toEqual(['x', 'l0', 'l1', 'l2', 'l3', 'l4']);
    expect(model.columns[1]!.detail).toBe('2 → 16');
    expect(model.columns[4]!.detail).toBe('p = 0.5');
    expect([...model.columns[2]!.values!]).toEqual([
      ...view.forward!.activations.l1!.values.subarray(3 * 16, 4 * 16),
    ]);
  });

  it('colours what depends on the mode: BatchNorm and everything behind it', () => {
    const { columns } = figureModel(kernelView(tudui, 8, 'train'), 0);
    expect(columns.map((column) => column.sensitive)).toEqual([false, false, true, true, true, true]);
    expect(columns.map((column) => column.heeds)).toEqual([false, false, true, false, true, false]);
  });

  it('leaves a network without such layers grey, and Dropout(p=0) with it', () => {
    const plain = [{ kind: 'Linear', units: 4 } as const, { kind: 'Dropout', units: 4, p: 0 } as const];
    const { columns } = figureModel(kernelView(plain, 8, 'train'), 0);
    expect(columns.some((column) => column.sensitive || column.heeds)).toBe(false);
  });

  it('takes the dropped units from the mask of the row', () => {
    const { columns } = figureModel(kernelView(tudui, 8, 'train'), 1);
    const dropped = [...columns[4]!.dropped!];
    expect(dropped).toEqual(Array.from({ length: 16 }, (_, unit) => ((16 + unit) % 3 === 0 ? 1 : 0)));
  });

  it('drops nothing in evaluation and everything at p = 1', () => {
    expect(figureModel(kernelView(tudui, 8, 'eval'), 0).columns[4]!.dropped).toBeNull();
    const all = figureModel(kernelView([{ kind: 'Dropout', units: 2, p: 1 }], 8, 'train'), 0);
    expect([...all.columns[1]!.dropped!]).toEqual([1, 1]);
  });

  it('makes room for the factor of Dropout before it is needed', () => {
    const { columns } = figureModel(kernelView(tudui, 8, 'eval'), 0);
    expect(columns[4]!.extent.hi).toBeCloseTo(2 * columns[3]!.extent.hi);
  });

  it('clamps the row to the batch', () => {
    const model = figureModel(kernelView(tudui, 1, 'eval'), 5);
    expect([model.row, model.rows]).toEqual([0, 1]);
  });

  it('shows the structure without values before the first forward', () => {
    const model = figureModel({ ...kernelView(tudui, 8, 'train'), forward: null }, 0);
    expect(model.columns.map((column) => column.units)).toEqual([2, 16, 16, 16, 16, 2]);
    expect(model.columns.every((column) => column.values === null)).toBe(true);
    expect(model.probability).toBeNull();
  });

  it('gives class 1 of two, and the answer of more', () => {
    expect(figureModel(kernelView(tudui, 8, 'train'), 0).probability?.label).toBe(1);
    const view = kernelView([{ kind: 'Linear', units: 3 }], 1, 'eval');
    const probabilities = { shape: [1, 3], values: Float32Array.of(0.2, 0.1, 0.7) };
    const three = { ...view, forward: { ...view.forward!, probabilities } };
    expect(figureModel(three, 0).probability).toEqual({ label: 2, value: Math.fround(0.7) });
  });
});

it('figureKey stays through a flip and changes with the network', () => {
  const key = figureKey(kernelView(tudui, 8, 'train'));
  expect(figureKey(kernelView(tudui, 4, 'eval'))).toBe(key);
  expect(figureKey(kernelView(tudui.slice(1), 8, 'train'))).not.toBe(key);
});
