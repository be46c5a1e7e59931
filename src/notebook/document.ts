/** What a notebook is apart from its run-time state: the schema every stored or shared one passes, and the one we start with. */
import * as v from 'valibot';
import type { NetworkSpec } from './network';

/** Limits that keep a small machine fast and the figures readable. */
export const limits = {
  layers: 12,
  /** Features of a layer. */
  width: 64,
  batchSize: 64,
  /** Seeds that fit torch.manual_seed and a number field. */
  seed: 2 ** 31 - 1,
  cardId: 24,
} as const;

const integer = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const width = integer(1, limits.width);
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(limits.cardId));
/** Any finite number: PyTorch itself says what is wrong with a probability of 1.5. */
const real = v.pipe(v.number(), v.finite(), v.minValue(-1000), v.maxValue(1000));

const LayerCardSchema = v.variant('kind', [
  v.strictObject({
    id,
    kind: v.literal('Linear'),
    in_features: width,
    out_features: width,
    bias: v.boolean(),
  }),
  v.strictObject({ id, kind: v.literal('BatchNorm1d'), num_features: width, eps: real, momentum: real }),
  v.strictObject({ id, kind: v.literal('ReLU') }),
  v.strictObject({ id, kind: v.literal('Dropout'), p: real }),
]);

export const NetworkSchema = v.strictObject({
  className: v.pipe(v.string(), v.regex(/^[A-Za-z_]\w{0,31}$/)),
  layers: v.pipe(
    v.array(LayerCardSchema),
    v.maxLength(limits.layers),
    v.check((cards) => new Set(cards.map((card) => card.id)).size === cards.length),
  ),
});

export interface NotebookState {
  readonly network: NetworkSpec;
  readonly seed: number;
  readonly mode: 'train' | 'eval';
  readonly batchSize: number;
}

export const NotebookSchema = v.strictObject({
  network: NetworkSchema,
  seed: integer(0, limits.seed),
  mode: v.picklist(['train', 'eval']),
  batchSize: integer(1, limits.batchSize),
});

/** The network of the first lesson. */
export const firstNotebook: NotebookState = {
  network: {
    className: 'Net',
    layers: [
      { id: 'a', kind: 'Linear', in_features: 2, out_features: 16, bias: true },
      { id: 'b', kind: 'BatchNorm1d', num_features: 16, eps: 1e-5, momentum: 0.1 },
      { id: 'c', kind: 'ReLU' },
      { id: 'd', kind: 'Dropout', p: 0.5 },
      { id: 'e', kind: 'Linear', in_features: 16, out_features: 2, bias: true },
    ],
  },
  seed: 3,
  mode: 'train',
  batchSize: 8,
};
