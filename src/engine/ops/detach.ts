/** The value itself, through which no gradient flows (`Tensor.detach`). */
import type { Op } from './op';

export const detach: Op<'detach'> = {
  shape: ([x]) => x,
  kernel: () => () => {},
  gradient: () => [null],
  alias: true,
};
