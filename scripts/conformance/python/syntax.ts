/** The few forms of Python that recorded cases are written in, as a tree. The grammar stands in parse.ts. */
import type { PyValue } from '../../../src/torch/python/values';

export type Expression =
  | { readonly kind: 'literal'; readonly value: PyValue }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'item'; readonly of: Expression; readonly index: Expression }
  | { readonly kind: 'call'; readonly of: Expression; readonly args: readonly Argument[] }
  | { readonly kind: 'tuple' | 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'dict'; readonly items: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'each'; readonly form: 'list' | 'dict'; readonly loop: Loop }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'minus'; readonly of: Expression }
  | {
      readonly kind: 'format';
      readonly parts: readonly (string | { readonly value: Expression; readonly spec: string })[];
    };

/** A comprehension; `key` in a dict alone. */
export interface Loop {
  readonly key?: Expression;
  readonly value: Expression;
  readonly targets: readonly string[];
  readonly over: Expression;
}

export interface Argument {
  /** Of a keyword argument. */
  readonly name?: string;
  readonly value: Expression;
}

export type Statement =
  | { readonly kind: 'expression' | 'return'; readonly value: Expression }
  | { readonly kind: 'assign'; readonly target: Expression; readonly value: Expression }
  | {
      readonly kind: 'augment';
      readonly target: Expression;
      readonly operator: string;
      readonly value: Expression;
    }
  | { readonly kind: 'with'; readonly context: Expression; readonly body: readonly Statement[] }
  | {
      readonly kind: 'class';
      readonly name: string;
      readonly bases: readonly Expression[];
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'def';
      readonly name: string;
      readonly parameters: readonly string[];
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'import'; readonly module: string; readonly as: string }
  | { readonly kind: 'pass' };

/** Python, or an API, that this small interpreter or the product has no words for: the case is skipped by name. */
export class NotExpressible extends Error {}
