/** The schema every stored or shared notebook passes. No page starts with one: this is loaded on use. */
import * as v from 'valibot';
import { limits } from './document';

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

export const NotebookSchema = v.strictObject({
  network: NetworkSchema,
  seed: integer(0, limits.seed),
  mode: v.picklist(['train', 'eval']),
  batchSize: integer(1, limits.batchSize),
});
