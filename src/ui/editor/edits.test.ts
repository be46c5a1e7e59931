import { describe, expect, it } from 'vitest';
import { firstNotebook } from '../../notebook/document';
import { addLayer, dropLayers, moveLayer, removeLayer, replaceLayer } from './edits';

const network = firstNotebook.network;
const ids = (of: typeof network) => of.layers.map((card) => card.id).join('');

describe('edits of the layer cards', () => {
  it('add a layer that fits what comes before it, under an id of its own', () => {
    const added = addLayer(addLayer(network, 'BatchNorm1d'), 'Linear').layers;
    expect(added.at(-2)).toMatchObject({ kind: 'BatchNorm1d', num_features: 2 });
    expect(added.at(-1)).toMatchObject({ kind: 'Linear', in_features: 2 });
    expect(new Set(added.map((card) => card.id)).size).toBe(added.length);
  });

  it('never reuse the id of a card that is still there', () => {
    const again = addLayer(removeLayer(addLayer(addLayer(network, 'ReLU'), 'ReLU'), 'c5'), 'ReLU');
    expect(new Set(again.layers.map((card) => card.id)).size).toBe(again.layers.length);
  });

  it('start from the two coordinates of a point', () => {
    expect(addLayer({ className: 'Net', layers: [] }, 'Linear').layers[0]).toMatchObject({ in_features: 2 });
  });

  it('move by one and stop at the ends', () => {
    expect(ids(moveLayer(network, 'b', -1))).toBe('bacde');
    expect(ids(moveLayer(network, 'a', -1))).toBe('abcde');
    expect(ids(moveLayer(network, 'e', 1))).toBe('abcde');
  });

  it('drop before and after a target, also from above it', () => {
    expect(ids(dropLayers(network, new Set(['a']), 'c', 'after'))).toBe('bcade');
    expect(ids(dropLayers(network, new Set(['e']), 'a', 'before'))).toBe('eabcd');
    expect(ids(dropLayers(network, new Set(['c']), 'c', 'before'))).toBe('abcde');
  });

  it('replace a card in its place', () => {
    const changed = replaceLayer(network, { id: 'd', kind: 'Dropout', p: 0.2 });
    expect(changed.layers[3]).toMatchObject({ p: 0.2 });
    expect(ids(changed)).toBe('abcde');
  });
});
