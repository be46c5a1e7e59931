/** Mean squared error: (output - target)^2, over what the two broadcast to (ATen/native/Loss.cpp, mse_loss). */
import type { MSELoss } from '../../../torch/nn/mse-loss';
import { encodeValues } from './encode';
import { reduced } from './reduced';
import type { LossRule } from './rule';

export const mse: LossRule<MSELoss> = {
  encode: encodeValues,
  variant: (loss) => loss.reduction,
  lower(loss, output, target, builder) {
    const difference = builder.sub(output, target);
    return reduced(loss, builder.mul(difference, difference), builder);
  },
};
