/** `torch.nn.Bilinear` (torch/nn/modules/linear.py) and `AdaptiveLogSoftmaxWithLoss` (adaptive.py). */
import { PythonError } from '../../errors';
import { type PyValue, toNumber } from '../../python/values';
import { ModuleList, Sequential } from '../container';
import { hasBias } from '../extra-repr';
import { uniformWithin } from '../init';
import { Linear } from '../linear';
import { factory } from '../signature-text';
import { ntuple } from '../tuples';
import type { Construction } from './construction';
import { described } from './row';

const Bilinear = described('torch.nn.modules.linear', {
  kind: 'Bilinear',
  signature: `in1_features, in2_features, out_features, bias=True, ${factory}`,
  init(self) {
    const names = ['in1_features', 'in2_features', 'out_features'];
    self.keep(...names);
    const [in1, in2, out] = names.map((name) => self.number(name));
    if (in1 <= 0)
      throw new PythonError('ValueError', `in1_features must be > 0, but got (in1_features=${in1})`);
    const bound = 1 / Math.sqrt(in1);
    self.parameter('weight', uniformWithin(self.generator, [out, in1, in2], bound));
    self.parameter('bias', self.flag('bias') ? uniformWithin(self.generator, [out], bound) : null);
  },
  repr: [
    'in1_features={in1_features}',
    'in2_features={in2_features}',
    'out_features={out_features}',
    hasBias,
  ],
});

/** Frequent classes in the head, and a narrower projection for each cluster of rarer ones. */
const AdaptiveLogSoftmaxWithLoss = described('torch.nn.modules.adaptive', {
  kind: 'AdaptiveLogSoftmaxWithLoss',
  signature: `in_features, n_classes, cutoffs, div_value=4.0, head_bias=False, ${factory}`,
  init(self) {
    const given = ntuple(self.value('cutoffs'), 1).items;
    const classes = self.number('n_classes');
    checkCutoffs(given, classes);
    const cutoffs = [...given.map(toNumber), classes];
    const clusters = cutoffs.length - 1;
    self.keep('in_features', 'n_classes');
    self.set('cutoffs', [...given, self.value('n_classes')]);
    self.keep('div_value', 'head_bias');
    self.set('shortlist_size', cutoffs[0]);
    self.set('n_clusters', clusters);
    self.set('head_size', cutoffs[0] + clusters);
    self.child(
      'head',
      self.make(Linear, [self.value('in_features'), cutoffs[0] + clusters], {
        bias: self.value('head_bias'),
      }),
    );
    const tail = Array.from({ length: clusters }, (_, i) =>
      cluster(self, self.number('div_value') ** (i + 1), cutoffs[i + 1] - cutoffs[i]),
    );
    self.child('tail', ModuleList.of(tail));
  },
});

function cluster(self: Construction, divisor: number, size: number): Sequential {
  const hidden = Math.floor(self.number('in_features') / divisor);
  return Sequential.of([
    self.make(Linear, [self.value('in_features'), hidden], { bias: false }),
    self.make(Linear, [hidden, size], { bias: false }),
  ]);
}

function checkCutoffs(given: readonly PyValue[], classes: number): void {
  if (given.length === 0) {
    throw new PythonError('ValueError', 'cutoffs should be a sequence of length larger than 0');
  }
  const numbers = given.map(toNumber);
  const fits = numbers.every((cutoff, i) => {
    const rises = cutoff > (i === 0 ? 0 : numbers[i - 1]);
    return rises && cutoff <= classes - 1 && Number.isInteger(cutoff);
  });
  if (fits) return;
  throw new PythonError(
    'ValueError',
    'cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each value is ' +
      'between 1 and n_classes-1',
  );
}

export const linears = [Bilinear, AdaptiveLogSoftmaxWithLoss];
