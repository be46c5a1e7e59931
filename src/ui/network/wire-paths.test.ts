import { describe, expect, it } from 'vitest';
import { layoutNetwork } from './network-layout';
import { figureModel } from './network-model';
import { kernelView, tudui } from './view-for-tests';
import { wirePaths } from './wire-paths';

const view = kernelView(tudui, 8, 'train');
// Unit 1 of Dropout's first row is kept and carries a zero.
view.forward!.activations.l3!.values[1] = 0;
const model = figureModel(view, 0);
const layout = layoutNetwork(model.columns, {}, 832, 16);

const between = (i: number) =>
  wirePaths(
    model.columns[i]!,
    model.columns[i + 1]!,
    { from: layout.boxes[i]!, to: layout.boxes[i + 1]! },
    model.columns[i]!.extent,
    layout,
  );

const pieces = (path: string) => path.split('M').length - 1;

describe('wirePaths', () => {
  it('fans out into a Linear', () => {
    const wires = between(0);
    expect(wires.fan).toBe(true);
    expect(pieces(wires.live)).toBe(2 * 16);
  });

  it('joins element-wise layers unit by unit', () => {
    const wires = between(1);
    expect(wires.fan).toBe(false);
    expect(pieces(wires.live)).toBe(16);
    expect(wires.live).not.toContain('L');
  });

  it('ends the wire of a dropped unit in a stop and dots that of a zero', () => {
    const wires = between(4);
    const dropped = model.columns[4]!.dropped!.reduce((sum, cell) => sum + cell, 0);
    // A stop is a wire and its bar: two moves.
    expect(pieces(wires.stops.replaceAll('m', 'M'))).toBe(2 * dropped);
    expect(pieces(wires.zero)).toBe(1);
    expect(wires.weighted).toHaveLength(16 - dropped - 1);
  });

  it('makes the wires out of Dropout as strong as their values', () => {
    const values = model.columns[4]!.values!;
    const ordered = [...between(4).weighted].sort((a, b) => a.strength - b.strength);
    for (let i = 1; i < ordered.length; i += 1) {
      expect(Math.abs(values[ordered[i]!.unit]!)).toBeGreaterThanOrEqual(
        Math.abs(values[ordered[i - 1]!.unit]!),
      );
    }
    for (const { strength } of ordered) expect(strength).toBeLessThanOrEqual(1);
  });
});
