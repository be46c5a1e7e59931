/**
 * Which names of recurrent layers are one object with others of the same text (torch/nn/modules/rnn.py). `format` makes a new
 * string for each; as the name of a parameter the first of a text is interned, and stands for all of that text from then on.
 * A later layer's lists hold strings that nothing else refers to.
 */
import type { PyValue } from '../../python/values';

export class OwnNames {
  private readonly interned = new Set<PyValue>();

  /** Those of a layer's names that are objects of its own, each with something that stands for its identity. */
  among(names: readonly PyValue[]): ReadonlyMap<PyValue, object> {
    const own = new Map<PyValue, object>();
    for (const name of names) {
      if (this.interned.has(name)) own.set(name, {});
      else this.interned.add(name);
    }
    return own;
  }
}
