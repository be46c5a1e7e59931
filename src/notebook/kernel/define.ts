/** From cards to a model: the first card that PyTorch refuses, or the network and what the page shows of it. */
import { PythonError } from '../../torch/errors';
import type { ClassSpec } from '../../torch/program/class-spec';
import { classSource } from '../../torch/program/source';
import { build, UserModule } from '../../torch/program/user-module';
import { Generator } from '../../torch/random/generator';
import { moduleRepr } from '../../torch/repr/module';
import type { Shape } from '../../torch/tensor';
import { classOfNetwork } from '../class-of-network';
import type { NetworkSpec } from '../network';
import type { ErrorView, LayerView, NetworkView, ProblemView } from '../views';

export type Definition =
  | { readonly spec: ClassSpec; readonly model: UserModule; readonly view: NetworkView }
  | { readonly problem: ProblemView };

/**
 * `tudui = Net()`, its shapes those of `input` (rows, features). `generator` must be seeded; it is drawn from only when the whole network is valid, because a
 * `Net()` that raises leaves the learner's model, and its stream, as they were.
 */
export function define(network: NetworkSpec, input: Shape, generator: Generator): Definition {
  const spec = classOfNetwork(network);
  const shapes: Record<string, Shape> = {};
  let shape = input;
  for (const [i, layer] of spec.layers.entries()) {
    const { id } = network.layers[i];
    try {
      // In evaluation: a batch of one is refused by BatchNorm in training, and is no fault of the network.
      shape = build(layer, new Generator(0)).eval().outputShape(shape);
    } catch (error) {
      return { problem: { layerId: id, error: errorView(error), shapes } };
    }
    shapes[id] = shape;
  }
  const model = UserModule.create(spec, generator);
  return { spec, model, view: networkView(network, spec, model, input, shapes) };
}

function networkView(
  network: NetworkSpec,
  spec: ClassSpec,
  model: UserModule,
  input: Shape,
  shapes: Readonly<Record<string, Shape>>,
): NetworkView {
  const layers = spec.layers.map(({ attribute }, i): LayerView => {
    const { id, kind } = network.layers[i];
    const layer = model.modules.get(attribute);
    const count = (group: Iterable<{ numel: number } | null>) =>
      [...group].reduce((n, t) => n + (t?.numel ?? 0), 0);
    return {
      id,
      kind,
      attribute,
      argsText: argumentsText(network, i),
      outputShape: shapes[id],
      parameters: count(layer?.parameters.values() ?? []),
      buffers: count(layer?.buffers.values() ?? []),
    };
  });
  return {
    layers,
    inputShape: input,
    parameters: layers.reduce((n, layer) => n + layer.parameters, 0),
    buffers: layers.reduce((n, layer) => n + layer.buffers, 0),
    code: classSource(spec),
    printed: moduleRepr(model),
  };
}

/** What a figure writes under a layer's name. */
function argumentsText(network: NetworkSpec, index: number): string {
  const card = network.layers[index];
  switch (card.kind) {
    case 'Linear':
      return `${card.in_features} → ${card.out_features}`;
    case 'BatchNorm1d':
      return String(card.num_features);
    case 'ReLU':
      return 'max(0, x)';
    case 'Dropout':
      return `p = ${card.p}`;
  }
}

/** Only PyTorch's own errors are shown as PyTorch's. */
export function errorView(error: unknown): ErrorView {
  if (!(error instanceof PythonError)) throw error;
  return { type: error.module ? `${error.module}.${error.type}` : error.type, message: error.message };
}
