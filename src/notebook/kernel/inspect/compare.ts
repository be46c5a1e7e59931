/** Two files side by side: which names differ, and by how much their values do. */
import type { DType } from '../../../torch/dtype';
import { numbersIn } from '../../../torch/elements';
import type {
  FileDescription,
  ModuleNode,
  OpenFile,
  TensorEntry,
} from '../../../torch/serialization/describe/types';
import type { ComparedRow, ComparisonView, DifferenceView, OtherDifference } from '../../views/comparison';
import type { Watch } from './inspections';
import { pieces } from './pieces';

export function compareFiles(left: FileDescription, right: FileDescription): ComparisonView {
  return {
    rows: comparedRows(left.tensors, right.tensors),
    others: [...kinds(left, right), ...modules(left, right), ...parts(left, right)],
  };
}

/** Names of the left file in its order, then what only the right one has. */
function comparedRows(left: readonly TensorEntry[], right: readonly TensorEntry[]): ComparedRow[] {
  const places = new Map(right.map(({ name }, i) => [name, i]));
  const own = new Set(left.map(({ name }) => name));
  return [
    ...left.map((entry, i): ComparedRow => {
      const other = places.get(entry.name) ?? -1;
      return { name: entry.name, state: stateOf(entry, right[other]), left: i, right: other };
    }),
    ...right.flatMap(({ name }, i): ComparedRow[] =>
      own.has(name) ? [] : [{ name, state: 'right', left: -1, right: i }],
    ),
  ];
}

function stateOf(left: TensorEntry, right: TensorEntry | undefined): ComparedRow['state'] {
  if (!right) return 'left';
  if (String(left.shape) !== String(right.shape)) return 'shape';
  return left.dtype === right.dtype ? 'same' : 'dtype';
}

function kinds(left: FileDescription, right: FileDescription): OtherDifference[] {
  return difference('kind', {}, left.identity.id, right.identity.id);
}

/** Modules by path: their class, their train/eval flag, their settings. */
function modules(left: FileDescription, right: FileDescription): OtherDifference[] {
  if (!left.model || !right.model) return [];
  const others = new Map(nodes(right.model).map((node) => [node.path, node]));
  return nodes(left.model).flatMap((node) => {
    const other = others.get(node.path);
    const params = { path: node.path };
    if (!other) return difference('module', params, className(node), '');
    return [
      ...difference('class', params, className(node), className(other)),
      ...difference('training', params, flag(node), flag(other)),
      ...difference('settings', params, settings(node), settings(other)),
    ];
  });
}

function nodes(root: ModuleNode): ModuleNode[] {
  return [root, ...root.modules.flatMap(nodes)];
}

const className = ({ class: { module, name } }: ModuleNode): string => `${module}.${name}`;
const flag = ({ training }: ModuleNode): string =>
  training === null ? '' : `training=${training ? 'True' : 'False'}`;
const settings = ({ attributes }: ModuleNode): string =>
  attributes.map(([name, text]) => `${name}=${text}`).join(', ');

function parts(left: FileDescription, right: FileDescription): OtherDifference[] {
  const [own, others] = [left, right].map(
    (file) => new Map(file.parts.map(({ key, kind, text }) => [key, text || kind])),
  );
  return [...new Set([...own.keys(), ...others.keys()])].flatMap((key) =>
    difference('part', { key }, own.get(key) ?? '', others.get(key) ?? ''),
  );
}

function difference(
  id: string,
  params: Readonly<Record<string, string>>,
  left: string,
  right: string,
): OtherDifference[] {
  return left === right ? [] : [{ words: { id, params }, left, right }];
}

/** Tensors of one shape and dtype. */
export async function differenceOf(
  left: OpenFile,
  right: OpenFile,
  [tensor, other]: readonly [number, number],
  watch: Watch,
): Promise<DifferenceView> {
  const sum = new DifferencePass();
  const theirs = pieces(right, other, watch.signal ? { signal: watch.signal } : {});
  for await (const ours of pieces(left, tensor, watch)) {
    const { value } = await theirs.next();
    sum.add(parts64(ours), parts64(value as typeof ours));
  }
  return { tensor, ...sum.result() };
}

/** A complex number is compared as its two parts. */
function parts64({ bytes, dtype }: { readonly bytes: Uint8Array; readonly dtype: DType }): Float64Array {
  return numbersIn(bytes, dtype === 'complex64' ? 'float32' : dtype === 'complex128' ? 'float64' : dtype);
}

class DifferencePass {
  private count = 0;
  private different = 0;
  private sum = 0;
  private readonly worst = { largest: 0, at: 0, leftValue: 0, rightValue: 0 };

  add(left: Float64Array, right: Float64Array): void {
    for (let i = 0; i < left.length; i++) {
      const [a, b] = [left[i], right[i]];
      if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
      this.different++;
      // nan beside a number is farther than any distance.
      const apart = Number.isNaN(a) || Number.isNaN(b) ? Number.POSITIVE_INFINITY : Math.abs(a - b);
      this.sum += apart;
      if (apart > this.worst.largest)
        Object.assign(this.worst, { largest: apart, at: this.count + i, leftValue: a, rightValue: b });
    }
    this.count += left.length;
  }

  result(): Omit<DifferenceView, 'tensor'> {
    const { count, different, sum, worst } = this;
    return { count, different, mean: count > 0 ? sum / count : 0, ...worst };
  }
}
