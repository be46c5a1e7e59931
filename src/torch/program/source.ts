/** A `ClassSpec` as the Python a person would write: `class Net(nn.Module)` with its `__init__` and `forward`. */
import { pyRepr } from '../python/repr';
import type { ClassSpec, ForwardStep, LayerSpec } from './class-spec';

const INDENT = '    ';

/** `4, 8, bias=False`: arguments as they stand in a call. */
export function argumentsSource({ args, kwargs }: Pick<LayerSpec, 'args' | 'kwargs'>): string {
  return [
    ...args.map((value) => pyRepr(value)),
    ...[...kwargs].map(([name, value]) => `${name}=${pyRepr(value)}`),
  ].join(', ');
}

/** `nn.Linear(4, 8)`; a container with its children on lines of their own, at the given depth. */
export function layerSource(layer: LayerSpec, depth = 0): string {
  if (layer.of !== undefined) return `${layer.kind}()`;
  const { kind, children } = layer;
  if (!children) return `nn.${kind}(${argumentsSource(layer)})`;
  const [open, close] = kind === 'ModuleList' ? ['([', '])'] : ['(', ')'];
  if (children.length === 0) return `nn.${kind}${open}${close}`;
  const inner = children.map((child) => `${INDENT.repeat(depth + 1)}${layerSource(child, depth + 1)},\n`);
  return `nn.${kind}${open}\n${inner.join('')}${INDENT.repeat(depth)}${close}`;
}

/** The class, without imports; ends without a newline. */
export function classSource(spec: ClassSpec): string {
  if (spec.isModule === false) return `class ${spec.className}:\n${INDENT}pass`;
  const body = INDENT.repeat(2);
  const init = [
    'super().__init__()',
    ...spec.layers.map((layer) => `self.${layer.attribute} = ${layerSource(layer, 2)}`),
    ...(spec.ties ?? []).map(([target, source]) => `self.${target} = self.${source}`),
    ...(spec.buffers ?? []).map(([name, values]) => {
      const list = values.map((value) => (Number.isInteger(value) ? `${value}.0` : String(value)));
      return `self.register_buffer('${name}', torch.tensor([${list.join(', ')}]))`;
    }),
    ...[...(spec.attributes ?? [])].map(([name, value]) => `self.${name} = ${pyRepr(value)}`),
  ];
  return [
    `class ${spec.className}(nn.Module):`,
    `${INDENT}def __init__(self):`,
    ...init.map((line) => body + line),
    ...(spec.forward ? forwardSource(spec.forward) : []),
  ].join('\n');
}

function forwardSource(steps: readonly ForwardStep[]): string[] {
  const calls = steps.map((step) => {
    if ('call' in step) return `x = self.${step.call}(x)`;
    return step.apply === 'flatten' ? 'x = torch.flatten(x, 1)' : `x = ${step.apply}(x)`;
  });
  const body = [...calls, 'return x'].map((line) => INDENT.repeat(2) + line);
  return ['', `${INDENT}def forward(self, x):`, ...body];
}

/** A file that defines the classes: the imports they need, then each class. */
export function moduleSource(specs: readonly ClassSpec[]): string {
  const forwards = specs.flatMap(({ forward = [] }) => forward);
  const needsF = forwards.some((step) => 'apply' in step && step.apply === 'F.relu');
  const imports = [
    'import torch',
    'import torch.nn as nn',
    ...(needsF ? ['import torch.nn.functional as F'] : []),
  ];
  return `${[imports.join('\n'), ...specs.map(classSource)].join('\n\n\n')}\n`;
}
