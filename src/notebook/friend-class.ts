/** A project's `class Net` beside the one that was saved: other layers, another forward, another name. */
import type { ForwardStep, LayerSpec } from '../torch/program/class-spec';
import { classOfNetwork, type NetworkClass, widened } from './class-of-network';
import type { NetworkSpec } from './network';
import type { ProjectClass } from './project';

export function friendClass(network: NetworkSpec, cls: ProjectClass): NetworkClass {
  const spec = withLayers(network, cls.layers);
  return {
    ...spec,
    className: cls.className,
    forward: cls.forward === 'other' ? otherForward(spec) : spec.forward,
  };
}

function withLayers(network: NetworkSpec, layers: ProjectClass['layers']): NetworkClass {
  if (layers === 'wider') return classOfNetwork(widened(network));
  const spec = classOfNetwork(network);
  switch (layers) {
    case 'renamed':
      return renamed(spec);
    case 'deeper':
      return deeper(spec);
    case 'leaner':
      return leaner(spec);
    case 'head':
      return withHead(spec);
    default:
      return spec;
  }
}

/** What a person renames most: the last layer becomes `head`. */
function renamed(spec: NetworkClass): NetworkClass {
  const old = spec.layers.findLast(hasParameters)?.attribute;
  return {
    ...spec,
    layers: spec.layers.map((layer) => (layer.attribute === old ? { ...layer, attribute: 'head' } : layer)),
    forward: spec.forward.map((step) => ('call' in step && step.call === old ? { call: 'head' } : step)),
  };
}

/** One more Linear that keeps the number of outputs. */
function deeper(spec: NetworkClass): NetworkClass {
  const linears = spec.layers.filter(({ kind }) => kind === 'Linear');
  const features = linears.at(-1)?.args[1] ?? 2;
  const attribute = `fc${linears.length + 1}`;
  return {
    ...spec,
    layers: [...spec.layers, { attribute, kind: 'Linear', args: [features, features], kwargs: new Map() }],
    forward: [...spec.forward, { call: attribute }],
  };
}

/** Without the first BatchNorm; a network that has none loses its last bias. */
function leaner(spec: NetworkClass): NetworkClass {
  const batchNorm = spec.layers.find(({ kind }) => kind === 'BatchNorm1d');
  if (batchNorm) {
    return {
      ...spec,
      layers: spec.layers.filter((layer) => layer !== batchNorm),
      forward: spec.forward.filter((step) => !('call' in step && step.call === batchNorm.attribute)),
    };
  }
  return withLast(spec, (last) => ({ ...last, kwargs: new Map([...last.kwargs, ['bias', false]]) }));
}

/** One output more than the network that was trained. */
export function withHead(spec: NetworkClass): NetworkClass {
  return withLast(spec, (last) => ({ ...last, args: [last.args[0], Number(last.args[1]) + 1] }));
}

/** The last Linear changed. */
function withLast(spec: NetworkClass, change: (last: LayerSpec) => LayerSpec): NetworkClass {
  const last = spec.layers.findLast(({ kind }) => kind === 'Linear');
  return { ...spec, layers: spec.layers.map((layer) => (layer === last ? change(layer) : layer)) };
}

function hasParameters({ kind }: LayerSpec): boolean {
  return kind === 'Linear' || kind === 'BatchNorm1d';
}

/** Leaves the first BatchNorm out, or else the first ReLU; a network without either ends in one. */
function otherForward({ layers, forward }: NetworkClass): readonly ForwardStep[] {
  const skipped =
    layers.find(({ kind }) => kind === 'BatchNorm1d') ?? layers.find(({ kind }) => kind === 'ReLU');
  if (!skipped) return [...forward, { apply: 'F.relu' }];
  return forward.filter((step) => !('call' in step && step.call === skipped.attribute));
}
