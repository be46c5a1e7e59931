/** `torch.nn.ParameterList` and `ParameterDict` (torch/nn/modules/container.py). */
import { dtypes } from '../dtype';
import { PythonError } from '../errors';
import { shortTypeName } from '../python/type-name';
import { PyDict, type PyValue } from '../python/values';
import { Parameter, type Shape, Tensor } from '../tensor';
import { Module } from './module';

/** Holds values under names: tensors become its parameters, modules its submodules, anything else plain attributes. */
abstract class ParameterContainer extends Module {
  override readonly moduleName = 'torch.nn.modules.container';

  /** Names of the values, in order; a file may name more than there are. */
  protected abstract names(): Iterable<string>;

  /** What stands for the type in `print`. */
  protected abstract typeText(tensor: Tensor): string;

  protected put(name: string, value: PyValue): void {
    if (value instanceof Parameter) this.parameters.set(name, value);
    else if (value instanceof Tensor) this.parameters.set(name, new Parameter(value));
    else if (value instanceof Module) this.modules.set(name, value);
    else this.attributes.set(name, value);
  }

  /** Raises AttributeError at a name without a value. */
  private *entries(): IterableIterator<readonly [string, PyValue]> {
    for (const name of this.names())
      yield [name, this.parameters.get(name) ?? this.modules.get(name) ?? this.attribute(name)];
  }

  override outputShape(): Shape {
    throw new PythonError('RuntimeError', `${this.className} should not be called.`);
  }

  override extraRepr(): string {
    return [...this.entries()].map(([name, value]) => `  (${name}): ${this.valueText(value)}`).join('\n');
  }

  private valueText(value: PyValue): string {
    if (!(value instanceof Tensor)) return `Object of type: ${shortTypeName(value)}`;
    const { location } = value.storage;
    const kind = value instanceof Parameter ? 'Parameter' : 'Tensor';
    const device = location.startsWith('cuda') ? ` (${location})` : '';
    return `${kind} containing: [${this.typeText(value)} of size ${value.shape.join('x')}${device}]`;
  }
}

export class ParameterList extends ParameterContainer {
  static readonly kind = 'ParameterList';
  override readonly className = ParameterList.kind;

  static of(values: readonly PyValue[]): ParameterList {
    const list = new ParameterList();
    list.attributes.set('_size', values.length);
    for (const [i, value] of values.entries()) list.put(String(i), value);
    return list;
  }

  protected override *names(): IterableIterator<string> {
    const size = this.attribute('_size');
    if (typeof size !== 'number') {
      throw new PythonError(
        'TypeError',
        `'${shortTypeName(size)}' object cannot be interpreted as an integer`,
      );
    }
    for (let i = 0; i < size; i++) yield String(i);
  }

  protected override typeText({ dtype }: Tensor): string {
    return `torch.${dtype}`;
  }
}

export class ParameterDict extends ParameterContainer {
  static readonly kind = 'ParameterDict';
  override readonly className = ParameterDict.kind;

  /** A plain dict is gone through in the order of its sorted keys, an OrderedDict in its own. */
  static of(values: PyDict): ParameterDict {
    const dict = new ParameterDict();
    const keys = [...values.keys()].map(String);
    if (values.className !== 'OrderedDict') keys.sort((a, b) => (a < b ? -1 : 1));
    dict.attributes.set('_keys', new PyDict(keys.map((key) => [key, null])));
    for (const key of keys) dict.put(key, values.get(key) ?? null);
    return dict;
  }

  protected override names(): Iterable<string> {
    const keys = this.attribute('_keys');
    return keys instanceof PyDict ? [...keys.keys()].map(String) : [];
  }

  /** torch/_utils_internal.py, typename: the type of before dtypes. */
  protected override typeText({ dtype, storage: { location } }: Tensor): string {
    const where = location.startsWith('cuda') ? 'torch.cuda' : 'torch';
    return `${where}.${dtypes[dtype].scalarType}Tensor`;
  }
}
