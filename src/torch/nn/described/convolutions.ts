/** Transposed convolutions (torch/nn/modules/conv.py, _ConvTransposeNd). */
import { PythonError } from '../../errors';
import { completeConvState, convRepr, initConv } from '../conv-base';
import { factory } from '../signature-text';
import { described } from './row';

export const convolutions = [1, 2, 3].map((axes) => {
  const kind = `ConvTranspose${axes}d`;
  return described('torch.nn.modules.conv', {
    kind,
    signature:
      'in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, ' +
      `dilation=1, padding_mode='zeros', ${factory}`,
    init(self) {
      if (self.value('padding_mode') !== 'zeros')
        throw new PythonError('ValueError', `Only "zeros" padding mode is supported for ${kind}`);
      initConv(self.layer, self.args, { axes, transposed: true }, self.generator, self.warn);
    },
    repr: [convRepr],
    completeState: completeConvState,
  });
});
