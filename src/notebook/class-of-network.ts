/** The learner's cards as `class Net(nn.Module)`: attribute names and arguments as a person would write them. */
import type { ClassSpec, ForwardStep, LayerSpec } from '../torch/program/class-spec';
import { PyFloat, type PyValue } from '../torch/python/values';
import type { LayerCard, LayerKind, NetworkSpec } from './network';

const stems: Readonly<Record<LayerKind, string>> = {
  Linear: 'fc',
  BatchNorm1d: 'bn',
  ReLU: 'relu',
  Dropout: 'drop',
};

/** A class whose `forward` is known. */
export interface NetworkClass extends ClassSpec {
  readonly forward: readonly ForwardStep[];
}

/** `fc1`, `bn1`, `relu1`, ...: each kind counted from 1, by card id. */
export function attributeNames(network: NetworkSpec): Map<string, string> {
  const counts = new Map<string, number>();
  const names = new Map<string, string>();
  for (const { id, kind } of network.layers) {
    const n = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, n);
    names.set(id, `${stems[kind]}${n}`);
  }
  return names;
}

export function classOfNetwork(network: NetworkSpec): NetworkClass {
  const names = attributeNames(network);
  const layers = network.layers.map((card) => layerSpec(card, names.get(card.id) as string));
  return {
    className: network.className,
    layers,
    forward: layers.map(({ attribute }) => ({ call: attribute })),
  };
}

/** Arguments that equal PyTorch's default are left out, as a person would leave them out. */
function layerSpec(card: LayerCard, attribute: string): LayerSpec {
  const { args, kwargs } = call(card);
  return { attribute, kind: card.kind, args, kwargs: new Map(kwargs) };
}

function call(card: LayerCard): { args: PyValue[]; kwargs: [string, PyValue][] } {
  switch (card.kind) {
    case 'Linear':
      return { args: [card.in_features, card.out_features], kwargs: card.bias ? [] : [['bias', false]] };
    case 'BatchNorm1d': {
      const kwargs: [string, PyValue][] = [];
      if (card.eps !== 1e-5) kwargs.push(['eps', new PyFloat(card.eps)]);
      if (card.momentum !== 0.1) kwargs.push(['momentum', new PyFloat(card.momentum)]);
      return { args: [card.num_features], kwargs };
    }
    case 'ReLU':
      return { args: [], kwargs: [] };
    case 'Dropout':
      return { args: [], kwargs: [['p', new PyFloat(card.p)]] };
  }
}

/** The friend's wider `Net`: the first Linear gives twice as many features, and what follows takes them. */
export function widened(network: NetworkSpec): NetworkSpec {
  const first = network.layers.findIndex((card) => card.kind === 'Linear');
  const linears = network.layers.filter((card) => card.kind === 'Linear');
  if (first < 0) return network;
  // A single Linear has no hidden layer: its own output is what widens.
  const factor = 2;
  const last = linears[linears.length - 1].id;
  let widening = false;
  const layers = network.layers.map((card, i): LayerCard => {
    if (card.kind === 'Linear') {
      const takes = widening ? card.in_features * factor : card.in_features;
      widening = i === first && (linears.length === 1 || card.id !== last);
      return {
        ...card,
        in_features: takes,
        out_features: widening ? card.out_features * factor : card.out_features,
      };
    }
    if (card.kind === 'BatchNorm1d' && widening) return { ...card, num_features: card.num_features * factor };
    return card;
  });
  return { ...network, layers };
}
