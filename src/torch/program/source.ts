/** `class Net(nn.Module)` as the Python a person would write for a `ClassSpec`. */
import { pyRepr } from '../python/repr';
import type { ClassSpec, ForwardStep, LayerSpec } from './class-spec';

/** Source that defines the class, its imports included; ends without a newline. */
export function classSource(spec: ClassSpec): string {
  return ['import torch.nn as nn', '', '', ...classLines(spec)].join('\n');
}

/** The class alone, a line an element. */
export function classLines(spec: ClassSpec): string[] {
  const base = spec.isModule === false ? '' : '(nn.Module)';
  return [
    `class ${spec.className}${base}:`,
    '    def __init__(self):',
    ...(spec.isModule === false ? [] : ['        super().__init__()']),
    ...spec.layers.map((layer) => `        self.${layer.attribute} = ${constructorCall(layer)}`),
    ...(spec.ties ?? []).map(([target, source]) => `        self.${target} = self.${source}`),
    ...(spec.buffers ?? []).map(
      ([name, values]) => `        self.register_buffer("${name}", torch.tensor([${values.join(', ')}]))`,
    ),
    ...[...(spec.attributes ?? [])].map(([name, value]) => `        self.${name} = ${pyRepr(value)}`),
    '',
    '    def forward(self, x):',
    ...spec.forward.map((step) => `        x = ${forwardCall(step)}`),
    '        return x',
  ];
}

/** `nn.Linear(2, 16)`, containers with their children inside. */
export function constructorCall({ kind, args, kwargs, children, of }: LayerSpec): string {
  if (of) return `${kind}()`;
  const inside = children
    ? children.map(constructorCall)
    : [
        ...args.map((value) => pyRepr(value)),
        ...[...kwargs].map(([name, value]) => `${name}=${pyRepr(value)}`),
      ];
  const list = kind === 'ModuleList' ? `[${inside.join(', ')}]` : inside.join(', ');
  return `nn.${kind}(${list})`;
}

function forwardCall(step: ForwardStep): string {
  if ('call' in step) return `self.${step.call}(x)`;
  return step.apply === 'flatten' ? 'x.flatten(1)' : `${step.apply}(x)`;
}
