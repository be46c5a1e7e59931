/** Distances (torch/nn/modules/distance.py). */
import { described } from './row';

const path = 'torch.nn.modules.distance';

const CosineSimilarity = described(path, { kind: 'CosineSimilarity', signature: 'dim=1, eps=1e-08' });

export const PairwiseDistance = described(path, {
  kind: 'PairwiseDistance',
  signature: 'p=2.0, eps=1e-06, keepdim=False',
  init(self) {
    self.set('norm', self.value('p'));
    self.keep('eps', 'keepdim');
  },
});

export const distances = [CosineSimilarity, PairwiseDistance];
