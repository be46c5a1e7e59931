import { describe, expect, it } from 'vitest';
import { layoutNetwork, type NetworkLayout } from './network-layout';
import { type FigureModel, figureModel } from './network-model';
import { kernelView, type Layer, tudui } from './view-for-tests';

const layoutOf = (model: FigureModel, width = 832, rem = 16): NetworkLayout =>
  layoutNetwork(
    model.columns,
    Object.fromEntries(model.columns.map((column) => [column.id, column.extent])),
    width,
    rem,
  );

const tall = (units: number): Layer[] => [
  { kind: 'Linear', units },
  { kind: 'ReLU', units },
  { kind: 'Linear', units: 2 },
];

describe('layoutNetwork', () => {
  it('fits the usual network into the column of a cell, and onto a projector', () => {
    const model = figureModel(kernelView(tudui, 8, 'train'), 0);
    expect(layoutOf(model).scrolls).toBe(false);
    expect(layoutOf(model).width).toBeCloseTo(832);
    const projector = layoutOf(model, 1232, 22);
    expect(projector.scrolls).toBe(false);
    expect(projector.height).toBeLessThan(600);
  });

  it('moves no box through a flip or another row', () => {
    const boxes = (mode: 'train' | 'eval', row: number) =>
      layoutOf(figureModel(kernelView(tudui, 8, mode), row)).boxes.map(({ x, y, width, height }) => [
        x,
        y,
        width,
        height,
      ]);
    expect(boxes('eval', 5)).toEqual(boxes('train', 0));
  });

  it('joins element-wise layers at the same height', () => {
    const { boxes } = layoutOf(figureModel(kernelView(tudui, 8, 'train'), 0));
    for (const box of boxes.slice(2, 5)) {
      expect(box.firstY).toBe(boxes[1]!.firstY);
      expect(box.pitch).toBe(boxes[1]!.pitch);
    }
  });

  it('keeps cards apart and bars inside their cards', () => {
    const model = figureModel(kernelView(tudui, 8, 'train'), 0);
    const { boxes, unitPx } = layoutOf(model);
    boxes.forEach((box, i) => {
      if (i > 0) expect(box.x).toBeGreaterThan(boxes[i - 1]!.x + boxes[i - 1]!.width + 40);
      if (box.axisX === null) return;
      const { lo, hi } = model.columns[i]!.extent;
      expect(box.axisX + Math.max(lo * unitPx, box.bars.from - box.axisX)).toBeGreaterThanOrEqual(box.x);
      if (i < boxes.length - 1) expect(box.axisX + hi * unitPx).toBeLessThan(box.numberX);
    });
  });

  it('draws more than sixteen units without numbers and no taller', () => {
    const sixteen = layoutOf(figureModel(kernelView(tall(16), 8, 'train'), 0));
    const wide = layoutOf(figureModel(kernelView(tall(64), 8, 'train'), 0));
    expect(wide.boxes[1]!.compact).toBe(true);
    expect(wide.boxes[1]!.pitch).toBeGreaterThan(5);
    expect(wide.height).toBeCloseTo(sixteen.height);
  });

  it('scrolls when the layers do not fit', () => {
    const many = Array.from({ length: 12 }, (): Layer => ({ kind: 'ReLU', units: 8 }));
    const layout = layoutOf(figureModel(kernelView(many, 8, 'train'), 0));
    expect(layout.scrolls).toBe(true);
    expect(layout.boxes).toHaveLength(13);
    expect(layout.boxes[12]!.x + layout.boxes[12]!.width).toBeCloseTo(layout.width);
  });

  it('leaves room below for the answer and the row buttons of a small network', () => {
    const layout = layoutOf(figureModel(kernelView([{ kind: 'Linear', units: 2 }], 8, 'train'), 0));
    const bottom = layout.boxes[1]!.y + layout.boxes[1]!.height;
    expect(layout.height - bottom).toBeGreaterThanOrEqual(88);
  });

  it('lets logits ask for no more than half', () => {
    const model = figureModel(kernelView(tall(8), 8, 'train'), 0);
    const extents = (answer: number) => ({
      ...Object.fromEntries(model.columns.map((column) => [column.id, { lo: -1, hi: 1 }])),
      l2: { lo: -answer, hi: answer },
    });
    const calm = layoutNetwork(model.columns, extents(1), 832, 16);
    const loud = layoutNetwork(model.columns, extents(4), 832, 16);
    expect(loud.unitPx).toBeCloseTo((2 * (loud.boxes[3]!.bars.to - loud.boxes[3]!.bars.from)) / 8);
    expect(loud.unitPx).toBeGreaterThan(calm.unitPx / 4);
  });
});
