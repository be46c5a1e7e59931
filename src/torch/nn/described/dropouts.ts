/** Dropouts of other shapes and distributions (torch/nn/modules/dropout.py). */
import { checkProbability } from '../dropout';
import { described } from './row';

export const dropouts = ['Dropout1d', 'Dropout3d', 'AlphaDropout', 'FeatureAlphaDropout'].map((kind) =>
  described('torch.nn.modules.dropout', {
    kind,
    signature: 'p=0.5, inplace=False',
    initOwner: '_DropoutNd',
    init(self) {
      checkProbability(self.value('p'));
      self.keep();
    },
    repr: ['p={p}', 'inplace={inplace}'],
  }),
);
