import { describe, expect, it } from 'vitest';
import { figureModel } from './network-model';
import { layoutStrips, stripX } from './strip-layout';
import { kernelView, tudui } from './view-for-tests';

describe('layoutStrips', () => {
  const { columns } = figureModel(kernelView(tudui, 8, 'train'), 0);
  const layers = columns.slice(1);
  const layout = layoutStrips(layers, {}, 358, 16, 0);

  it('stacks the strips without overlap, a line more where the layer heeds the mode', () => {
    layout.strips.forEach((strip, i) => {
      expect(strip.noteY !== null).toBe(layers[i]!.heeds);
      const before = layout.strips[i - 1];
      if (before) expect(strip.nameY - 12).toBeGreaterThan(before.top + before.height);
    });
    expect(layout.height).toBeLessThan(700);
  });

  it('keeps every bar inside its strip, on one scale', () => {
    layout.strips.slice(0, -1).forEach((strip, i) => {
      const { lo, hi } = layers[i]!.extent;
      expect(strip.axisY - hi * layout.unitPx).toBeGreaterThanOrEqual(strip.top);
      expect(strip.axisY - lo * layout.unitPx).toBeLessThanOrEqual(strip.top + strip.height + 0.01);
    });
  });

  it('keeps 64 units inside the width', () => {
    const wide = figureModel(kernelView([{ kind: 'Linear', units: 64 }], 8, 'train'), 0).columns.slice(1);
    const strip = layoutStrips(wide, {}, 358, 16, 0).strips[0]!;
    expect(stripX(strip, 63) + strip.barWidth / 2).toBeLessThan(358);
    expect(strip.barWidth).toBeGreaterThan(2);
  });
});
