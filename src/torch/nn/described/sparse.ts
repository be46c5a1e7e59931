/** `torch.nn.EmbeddingBag` (torch/nn/modules/sparse.py). */
import { Parameter } from '../../tensor';
import { type Part, unless } from '../extra-repr';
import { factory } from '../signature-text';
import { embeddingRows, paddingRow } from '../sparse';
import { described } from './row';

const parts: readonly Part[] = [
  '{num_embeddings}',
  '{embedding_dim}',
  unless('max_norm', null),
  unless('norm_type', 2),
  unless('scale_grad_by_freq', false),
  'mode={mode!r}',
  unless('padding_idx', null),
];

export const embeddingBag = described('torch.nn.modules.sparse', {
  kind: 'EmbeddingBag',
  signature:
    "num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', " +
    `sparse=False, _weight=None, include_last_offset=False, padding_idx=None, ${factory}`,
  init(self) {
    self.keep('num_embeddings', 'embedding_dim', 'max_norm', 'norm_type', 'scale_grad_by_freq');
    self.set('padding_idx', paddingRow(self.args, 'padding_idx'));
    self.parameter('weight', new Parameter(embeddingRows(self.args, self.generator)));
    self.keep('mode', 'sparse', 'include_last_offset');
  },
  repr: parts,
});
