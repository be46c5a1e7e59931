/** Edits of the layer cards: plain functions from one network to the next. */
import type { LayerCard, LayerKind, NetworkSpec } from '../../notebook/network';

export const layerKinds: readonly LayerKind[] = ['Linear', 'BatchNorm1d', 'ReLU', 'Dropout'];

const withLayers = (network: NetworkSpec, layers: readonly LayerCard[]): NetworkSpec => ({
  ...network,
  layers,
});

/** Features that come out of the last layer that says so; the two coordinates of a point when none does. */
function featuresAtEnd(layers: readonly LayerCard[]): number {
  const last = layers.findLast((card) => card.kind === 'Linear' || card.kind === 'BatchNorm1d');
  if (last?.kind === 'Linear') return last.out_features;
  return last?.kind === 'BatchNorm1d' ? last.num_features : 2;
}

function freshId(layers: readonly LayerCard[]): string {
  const taken = new Set(layers.map((card) => card.id));
  let n = layers.length;
  while (taken.has(`c${n}`)) n++;
  return `c${n}`;
}

/** A card that fits what comes before it, with PyTorch's own defaults. */
function freshCard(kind: LayerKind, layers: readonly LayerCard[]): LayerCard {
  const id = freshId(layers);
  const features = featuresAtEnd(layers);
  switch (kind) {
    case 'Linear':
      return { id, kind, in_features: features, out_features: 2, bias: true };
    case 'BatchNorm1d':
      return { id, kind, num_features: features, eps: 1e-5, momentum: 0.1 };
    case 'ReLU':
      return { id, kind };
    case 'Dropout':
      return { id, kind, p: 0.5 };
  }
}

export function addLayer(network: NetworkSpec, kind: LayerKind): NetworkSpec {
  return withLayers(network, [...network.layers, freshCard(kind, network.layers)]);
}

export function removeLayer(network: NetworkSpec, id: string): NetworkSpec {
  return withLayers(
    network,
    network.layers.filter((card) => card.id !== id),
  );
}

export function replaceLayer(network: NetworkSpec, card: LayerCard): NetworkSpec {
  return withLayers(
    network,
    network.layers.map((old) => (old.id === card.id ? card : old)),
  );
}

/** Moves a layer by one place; at the ends it stays. */
export function moveLayer(network: NetworkSpec, id: string, by: -1 | 1): NetworkSpec {
  const from = network.layers.findIndex((card) => card.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= network.layers.length) return network;
  const layers = [...network.layers];
  [layers[from], layers[to]] = [layers[to], layers[from]];
  return withLayers(network, layers);
}

/** Puts the moved layers, in their order, before or after another one. */
export function dropLayers(
  network: NetworkSpec,
  moved: ReadonlySet<string>,
  target: string,
  position: 'before' | 'after',
): NetworkSpec {
  if (moved.has(target)) return network;
  const taken = network.layers.filter((card) => moved.has(card.id));
  const rest = network.layers.filter((card) => !moved.has(card.id));
  const at = rest.findIndex((card) => card.id === target);
  if (at < 0) return network;
  return withLayers(network, rest.toSpliced(position === 'before' ? at : at + 1, 0, ...taken));
}
