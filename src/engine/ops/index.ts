/** The table of primitives: everything that builds, computes or differentiates a graph runs from it. */
import type { OpName } from '../graph/graph';
import { add } from './add';
import { detach } from './detach';
import { div } from './div';
import { equal } from './equal';
import { exp } from './exp';
import { expand } from './expand';
import { greater } from './greater';
import { log } from './log';
import { matmul } from './matmul';
import { mul } from './mul';
import { neg } from './neg';
import type { Op } from './op';
import { reduceMax } from './reduce-max';
import { reduceMean } from './reduce-mean';
import { reduceSum } from './reduce-sum';
import { relu } from './relu';
import { reshape } from './reshape';
import { sqrt } from './sqrt';
import { sub } from './sub';

export const ops: { readonly [K in OpName]: Op<K> } = {
  add,
  sub,
  mul,
  div,
  greater,
  equal,
  neg,
  exp,
  log,
  sqrt,
  relu,
  detach,
  matmul,
  reduceSum,
  reduceMean,
  reduceMax,
  reshape,
  expand,
};
