/** An instance of the learner's `class Net(nn.Module)`. */
import type { DType } from '../dtype';
import { PythonError } from '../errors';
import { ModuleList, Sequential } from '../nn/container';
import { createLayer } from '../nn/layer-class';
import { Module, missingForward } from '../nn/module';
import { layerClasses } from '../nn/registry';
import { PyGlobal, type PyValue } from '../python/values';
import type { Generator } from '../random/generator';
import { Parameter, type Shape, Tensor } from '../tensor';
import type { Warn } from '../warnings';
import type { ClassSpec, LayerSpec } from './class-spec';

/** A step of a forward pass, its attribute resolved. */
export type ForwardCall =
  | { readonly name: string; readonly module: Module }
  | { readonly apply: 'F.relu' | 'flatten' };

export class UserModule extends Module {
  override readonly className: string;
  override readonly moduleName: string;
  readonly spec: ClassSpec;

  /** An instance without layers, as `Net.__new__(Net)`: the unpickler fills it. */
  constructor(spec: ClassSpec, moduleName = '__main__') {
    super();
    this.spec = spec;
    this.className = spec.className;
    this.moduleName = moduleName;
  }

  /** `Net()`: runs `__init__`, layer by layer. Raises what the layers raise. */
  static create(spec: ClassSpec, generator: Generator, moduleName = '__main__'): UserModule {
    const model = new UserModule(spec, moduleName);
    for (const layer of spec.layers) model.modules.set(layer.attribute, build(layer, generator, moduleName));
    for (const [target, source] of spec.ties ?? []) tie(model, target, source);
    for (const [name, values] of spec.buffers ?? [])
      model.buffers.set(name, Tensor.float32(values, [values.length]));
    for (const [name, value] of spec.attributes ?? new Map<string, PyValue>())
      model.attributes.set(name, value);
    return model;
  }

  /** The same instance, its tensors shared, as if its class were defined in another module. */
  livingIn(moduleName: string): UserModule {
    return Object.assign(new UserModule(this.spec, moduleName), {
      training: this.training,
      parameters: this.parameters,
      buffers: this.buffers,
      nonPersistentBuffers: this.nonPersistentBuffers,
      modules: this.modules,
      attributes: this.attributes,
      earlyAttributes: this.earlyAttributes,
    });
  }

  /** The calls `forward` makes. Raises NotImplementedError without one, AttributeError at an attribute that is missing. */
  *forwardCalls(): IterableIterator<ForwardCall> {
    if (!this.spec.forward) throw missingForward(this);
    for (const step of this.spec.forward) {
      if ('apply' in step) {
        yield step;
        continue;
      }
      const module = this.modules.get(step.call);
      if (!module && this.keepsRelu(step.call)) {
        yield { apply: 'F.relu' };
        continue;
      }
      if (!module) {
        throw new PythonError('AttributeError', `'${this.className}' object has no attribute '${step.call}'`);
      }
      yield { name: step.call, module };
    }
  }

  /** `self.act = F.relu`: a function kept as an attribute, which a whole-model file stores by name. */
  private keepsRelu(name: string): boolean {
    const value = this.attributes.get(name);
    return (
      value instanceof PyGlobal && /^torch(\.nn\.functional)?$/.test(value.module) && value.name === 'relu'
    );
  }

  override outputShape(input: Shape, dtype?: DType, warn?: Warn): Shape {
    let shape = input;
    let type = dtype;
    for (const call of this.forwardCalls()) {
      if ('module' in call) {
        shape = call.module.outputShape(shape, type, warn);
        type &&= call.module.outputDtype(type);
      } else if (call.apply === 'flatten') shape = [shape[0], shape.slice(1).reduce((n, d) => n * d, 1)];
    }
    return shape;
  }

  override outputDtype(input: DType): DType {
    let dtype = input;
    for (const call of this.forwardCalls()) if ('module' in call) dtype = call.module.outputDtype(dtype);
    return dtype;
  }
}

/**
 * Runs the constructor a spec names; the learner's own classes live in `moduleName`.
 * Raises AttributeError for a layer torch.nn does not have.
 */
export function build(spec: LayerSpec, generator: Generator, moduleName = '__main__'): Module {
  if (spec.of === null) throw new PythonError('NameError', `name '${spec.kind}' is not defined`);
  if (spec.of) return UserModule.create(spec.of, generator, moduleName);
  if (spec.kind === 'Sequential' || spec.kind === 'ModuleList') {
    const children = (spec.children ?? []).map((child) => build(child, generator, moduleName));
    return spec.kind === 'Sequential' ? Sequential.of(children) : ModuleList.of(children);
  }
  const cls = layerClasses.get(spec.kind);
  if (!cls) throw new PythonError('AttributeError', `module 'torch.nn' has no attribute '${spec.kind}'`);
  return createLayer(cls, spec, generator);
}

function tie(model: Module, target: string, source: string): void {
  const [targetModule, targetName] = owner(model, target);
  const [sourceModule, sourceName] = owner(model, source);
  const shared = sourceModule.parameters.get(sourceName);
  if (shared instanceof Parameter) targetModule.parameters.set(targetName, shared);
}

function owner(model: Module, path: string): [Module, string] {
  const names = path.split('.');
  const last = names.pop() as string;
  let module = model;
  for (const name of names) {
    module = module.child(name);
  }
  return [module, last];
}
