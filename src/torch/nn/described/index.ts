/** Every class of torch.nn that a row describes. */
import type { LayerClass } from '../layer-class';
import { activations } from './activations';
import { MultiheadAttention, NonDynamicallyQuantizableLinear } from './attention';
import { convolutions } from './convolutions';
import { distances } from './distances';
import { dropouts } from './dropouts';
import { linears } from './linears';
import { losses } from './losses';
import { normalizations } from './normalizations';
import { paddings } from './paddings';
import { poolings } from './poolings';
import { recurrent } from './recurrent';
import { shapes } from './shapes';
import { embeddingBag } from './sparse';
import { transformers } from './transformers';

export const describedLayers: readonly LayerClass[] = [
  ...activations,
  MultiheadAttention,
  ...convolutions,
  ...distances,
  ...dropouts,
  ...linears,
  ...losses,
  ...normalizations,
  ...paddings,
  ...poolings,
  ...recurrent,
  ...shapes,
  embeddingBag,
  ...transformers,
];

/** Classes that files name and `torch.nn` does not. */
export const innerLayers: readonly LayerClass[] = [NonDynamicallyQuantizableLinear];
