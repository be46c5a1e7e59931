/** The parameters of a Python function as its source writes them: `p=0.5, inplace=False`. */
import { PyFloat, PyGlobal, PyTuple, type PyValue } from '../python/values';
import type { ParameterSpec } from './signature';

/** How signatures of layers with tensors end. */
export const factory = 'device=None, dtype=None';

const words: ReadonlyMap<string, PyValue> = new Map<string, PyValue>([
  ['None', null],
  ['True', true],
  ['False', false],
  ['()', new PyTuple([])],
  ['F.relu', new PyGlobal('torch.nn.functional', 'relu')],
]);

/** Reads names, defaults that are literals (or `F.relu`), and the `*` after which parameters are keyword-only. */
export function parseSignature(text: string): ParameterSpec[] {
  const parts = text === '' ? [] : text.split(', ');
  const star = parts.includes('*') ? parts.indexOf('*') : parts.length;
  return parts.flatMap((part, i): ParameterSpec[] => {
    if (i === star) return [];
    const [name, value] = part.split('=');
    return [
      {
        name,
        ...(value === undefined ? {} : { default: literal(value) }),
        ...(i > star ? { keywordOnly: true } : {}),
      },
    ];
  });
}

function literal(text: string): PyValue {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (text.startsWith("'")) return text.slice(1, -1);
  return /^-?\d+$/.test(text) ? Number(text) : new PyFloat(Number(text));
}
