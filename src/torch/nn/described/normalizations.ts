/** Normalizations (torch/nn/modules/normalization.py, instancenorm.py, and SyncBatchNorm of batchnorm.py). */
import { PythonError } from '../../errors';
import { hasBias } from '../extra-repr';
import { initNorm, NORM_VERSION, normRepr } from '../norm-base';
import { factory } from '../signature-text';
import { ntuple, sizes } from '../tuples';
import { described, type Row } from './row';

const response: Pick<Row, 'repr'> = { repr: ['{size}', 'alpha={alpha}', 'beta={beta}', 'k={k}'] };

const rows: readonly Row[] = [
  { kind: 'CrossMapLRN2d', signature: 'size, alpha=0.0001, beta=0.75, k=1', ...response },
  { kind: 'LocalResponseNorm', signature: 'size, alpha=0.0001, beta=0.75, k=1.0', ...response },
  {
    kind: 'GroupNorm',
    signature: `num_groups, num_channels, eps=1e-05, affine=True, ${factory}, *, bias=True`,
    init(self) {
      const [groups, channels] = [self.number('num_groups'), self.number('num_channels')];
      if (channels % groups !== 0) {
        throw new PythonError(
          'ValueError',
          `num_channels (${channels}) must be divisible by num_groups (${groups})`,
        );
      }
      self.keep('num_groups', 'num_channels', 'eps', 'affine');
      self.ones([channels], self.flag('affine'));
      self.zeros([channels], self.flag('affine') && self.flag('bias'));
    },
    repr: ['{num_groups}', '{num_channels}', 'eps={eps}', 'affine={affine}', hasBias],
  },
  {
    kind: 'RMSNorm',
    signature: `normalized_shape, eps=None, elementwise_affine=True, ${factory}`,
    init(self) {
      const shape = ntuple(self.value('normalized_shape'), 1);
      self.set('normalized_shape', shape);
      self.keep('eps', 'elementwise_affine');
      self.ones(sizes(shape, 1), self.flag('elementwise_affine'));
    },
    repr: ['{normalized_shape}', 'eps={eps}', 'elementwise_affine={elementwise_affine}'],
  },
];

/** Of one kind for 1, 2 and 3 axes after the channels. */
const instanceNorms = ['InstanceNorm1d', 'InstanceNorm2d', 'InstanceNorm3d'].map(
  (kind): Row => ({
    kind,
    signature:
      'num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, ' +
      `${factory}, *, bias=True`,
    initOwner: '_InstanceNorm',
    version: NORM_VERSION,
    init: (self) => initNorm(self.layer, self.args),
    repr: [normRepr],
  }),
);

const syncBatchNorm: Row = {
  kind: 'SyncBatchNorm',
  signature:
    'num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, process_group=None, ' +
    `${factory}, *, bias=True`,
  version: NORM_VERSION,
  init(self) {
    initNorm(self.layer, self.args);
    self.keep('process_group');
  },
  repr: [normRepr],
};

export const normalizations = [
  ...rows.map((row) => described('torch.nn.modules.normalization', row)),
  ...instanceNorms.map((row) => described('torch.nn.modules.instancenorm', row)),
  described('torch.nn.modules.batchnorm', syncBatchNorm),
];
