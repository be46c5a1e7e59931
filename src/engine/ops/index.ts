/** The table of primitives: everything that builds, computes or differentiates a graph runs from it. */
import type { OpName } from '../graph/graph';
import { add } from './add';
import { avgPool } from './avg-pool';
import { conv } from './conv';
import { convTranspose } from './conv-transpose';
import { convWeight } from './conv-weight';
import { detach } from './detach';
import { div } from './div';
import { equal } from './equal';
import { erf } from './erf';
import { exp } from './exp';
import { expand } from './expand';
import { greater } from './greater';
import { leakyRelu } from './leaky-relu';
import { log } from './log';
import { matmul } from './matmul';
import { maxPool } from './max-pool';
import { maxPoolGradient } from './max-pool-gradient';
import { mul } from './mul';
import { neg } from './neg';
import type { Op } from './op';
import { reduceMax } from './reduce-max';
import { reduceMean } from './reduce-mean';
import { reduceSum } from './reduce-sum';
import { relu } from './relu';
import { reshape } from './reshape';
import { sigmoid } from './sigmoid';
import { softmax } from './softmax';
import { softplus } from './softplus';
import { sqrt } from './sqrt';
import { standardize } from './standardize';
import { sub } from './sub';
import { tanh } from './tanh';
import { where } from './where';

export const ops: { readonly [K in OpName]: Op<K> } = {
  add,
  sub,
  mul,
  div,
  greater,
  equal,
  where,
  neg,
  exp,
  log,
  sqrt,
  erf,
  relu,
  leakyRelu,
  sigmoid,
  softplus,
  tanh,
  softmax,
  detach,
  standardize,
  matmul,
  conv,
  convTranspose,
  convWeight,
  maxPool,
  maxPoolGradient,
  avgPool,
  reduceSum,
  reduceMean,
  reduceMax,
  reshape,
  expand,
};
