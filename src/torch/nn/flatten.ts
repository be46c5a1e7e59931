/** `torch.nn.Flatten` (torch/nn/modules/flatten.py). */
import { PythonError } from '../errors';
import { checkIntArgument } from '../python/arguments';
import type { Generator } from '../random/generator';
import type { Shape } from '../tensor';
import { axisIn } from './axis';
import { Module } from './module';
import type { BoundArguments, ParameterSpec } from './signature';

/** Joins the axes from start_dim to end_dim. */
export class Flatten extends Module {
  static readonly kind = 'Flatten';
  static readonly signature: readonly ParameterSpec[] = [
    { name: 'start_dim', default: 1 },
    { name: 'end_dim', default: -1 },
  ];
  override readonly className = Flatten.kind;
  override readonly moduleName = 'torch.nn.modules.flatten';

  static create(args: BoundArguments, _generator: Generator): Flatten {
    const layer = new Flatten();
    for (const [name, value] of args) layer.attributes.set(name, value);
    return layer;
  }

  /** Raises IndexError for an axis the input lacks, RuntimeError for a start behind the end. */
  override outputShape(input: Shape): Shape {
    for (const [i, name] of ['start_dim', 'end_dim'].entries())
      checkIntArgument('flatten', name, i + 1, this.attribute(name));
    const axis = (name: string): number => axisIn(this.numberAttribute(name), input.length);
    const [start, end] = [axis('start_dim'), axis('end_dim')];
    if (start > end) {
      throw new PythonError(
        'RuntimeError',
        'flatten() has invalid args: start_dim cannot come after end_dim',
      );
    }
    if (input.length === 0) return [1];
    const joined = input.slice(start, end + 1).reduce((n, d) => n * d, 1);
    return [...input.slice(0, start), joined, ...input.slice(end + 1)];
  }

  override extraRepr(): string {
    return `start_dim=${this.formatted('start_dim')}, end_dim=${this.formatted('end_dim')}`;
  }
}
