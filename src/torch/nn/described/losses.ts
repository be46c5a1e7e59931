/** Losses that are not computed (torch/nn/modules/loss.py). */
import { PythonError } from '../../errors';
import { pyRepr } from '../../python/repr';
import { typeRepr } from '../../python/type-name';
import { PyFloat } from '../../python/values';
import { numelOf, Tensor } from '../../tensor';
import { hasBias } from '../extra-repr';
import { Linear } from '../linear';
import { reductionOf } from '../loss';
import { Module } from '../module';
import { factory } from '../signature-text';
import { sizes } from '../tuples';
import type { Construction } from './construction';
import { PairwiseDistance } from './distances';
import { described, type Row } from './row';

const reduction = "size_average=None, reduce=None, reduction='mean'";

interface LossOptions {
  /** Arguments besides weight and reduction: attributes in this order. */
  readonly own?: readonly string[];
  /** Raises for arguments `__init__` refuses. */
  readonly check?: (self: Construction) => void;
}

/** `_Loss`, or with the argument `weight` `_WeightedLoss`, which keeps it as a buffer. */
function loss(kind: string, signature: string, { own = [], check }: LossOptions = {}): Row {
  const isWeighted = signature.includes('weight=None');
  return {
    kind,
    signature,
    ...(own.length === 0 && { initOwner: isWeighted ? '_WeightedLoss' : '_Loss' }),
    init(self) {
      check?.(self);
      self.set('reduction', reductionOf(self.args, self.warn));
      if (isWeighted) self.buffer('weight');
      if (own.length > 0) self.keep(...own);
    },
  };
}

const rows: readonly Row[] = [
  loss('BCELoss', `weight=None, ${reduction}`),
  loss('CTCLoss', "blank=0, reduction='mean', zero_infinity=False", { own: ['blank', 'zero_infinity'] }),
  loss('CosineEmbeddingLoss', `margin=0.0, ${reduction}`, { own: ['margin'] }),
  loss('GaussianNLLLoss', "*, full=False, eps=1e-06, reduction='mean'", { own: ['full', 'eps'] }),
  loss('HingeEmbeddingLoss', `margin=1.0, ${reduction}`, { own: ['margin'] }),
  loss('HuberLoss', "reduction='mean', delta=1.0", { own: ['delta'], check: deltaIsNumber }),
  loss('KLDivLoss', `${reduction}, log_target=False`, { own: ['log_target'] }),
  loss('L1Loss', reduction),
  loss('MarginRankingLoss', `margin=0.0, ${reduction}`, { own: ['margin'] }),
  loss('MultiLabelMarginLoss', reduction),
  loss('MultiLabelSoftMarginLoss', `weight=None, ${reduction}`),
  loss('MultiMarginLoss', `p=1, margin=1.0, weight=None, ${reduction}`, {
    own: ['p', 'margin'],
    check: multiMargin,
  }),
  ...['NLLLoss', 'NLLLoss2d'].map((kind) =>
    loss(kind, "weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'", {
      own: ['ignore_index'],
    }),
  ),
  loss(
    'PoissonNLLLoss',
    "log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean'",
    { own: ['log_input', 'full', 'eps'] },
  ),
  loss('SmoothL1Loss', `${reduction}, beta=1.0`, { own: ['beta'] }),
  loss('SoftMarginLoss', reduction),
  loss('TripletMarginLoss', `margin=1.0, p=2.0, eps=1e-06, swap=False, ${reduction}`, {
    own: ['margin', 'p', 'eps', 'swap'],
    check: marginIsPositive('TripletMarginLoss'),
  }),
  {
    kind: 'TripletMarginWithDistanceLoss',
    signature: "*, distance_function=None, margin=1.0, swap=False, reduction='mean'",
    init(self) {
      marginIsPositive('TripletMarginWithDistanceLoss')(self);
      self.keep('reduction');
      const given = self.value('distance_function') ?? self.make(PairwiseDistance, []);
      if (given instanceof Module) self.child('distance_function', given);
      else self.set('distance_function', given);
      self.keep('margin', 'swap');
    },
  },
  {
    kind: 'LinearCrossEntropyLoss',
    signature:
      `in_features, num_classes, *, out_features=(), bias=False, ${factory}, reduction='mean', weight=None, ` +
      'ignore_index=None, label_smoothing=0.0, options=None',
    init: linearCrossEntropy,
    repr: [
      (layer) => `in_features=${pyRepr(layer.child('linear').attribute('in_features'))}`,
      'num_classes={num_classes}',
      'out_features={out_features}',
      (layer) => hasBias(layer.child('linear')),
      'reduction={reduction}',
      'ignore_index={ignore_index}',
      'label_smoothing={label_smoothing}',
      'options={options}',
    ],
  },
];

function deltaIsNumber(self: Construction): void {
  const delta = self.value('delta');
  if (delta instanceof PyFloat || typeof delta === 'number' || typeof delta === 'boolean') return;
  throw new PythonError('TypeError', `delta must be a float or int, got: ${typeRepr(delta)}`);
}

function multiMargin(self: Construction): void {
  const [p, weight] = [self.number('p'), self.value('weight')];
  if (p !== 1 && p !== 2) throw new PythonError('ValueError', 'only p == 1 and p == 2 supported');
  if (weight instanceof Tensor && weight.shape.length !== 1) {
    throw new PythonError(
      'ValueError',
      `MultiMarginLoss: expected weight to be None or 1D tensor, got ${weight.shape.length}D instead`,
    );
  }
}

function marginIsPositive(kind: string): (self: Construction) => void {
  return (self) => {
    if (self.number('margin') > 0) return;
    const shown = pyRepr(self.value('margin'));
    throw new PythonError(
      'ValueError',
      `${kind}: expected margin to be greater than 0, got ${shown} instead`,
    );
  };
}

function linearCrossEntropy(self: Construction): void {
  const classes = self.number('num_classes');
  const [weight, smoothing] = [self.value('weight'), self.number('label_smoothing')];
  if (weight instanceof Tensor && (weight.shape.length !== 1 || weight.numel !== classes)) {
    const shape = weight.shape.length === 1 ? `(${weight.shape[0]},)` : `(${weight.shape.join(', ')})`;
    throw new PythonError('RuntimeError', `expected weight shape to be (${classes},), got ${shape}`);
  }
  if (smoothing < 0 || smoothing > 1) {
    throw new PythonError(
      'RuntimeError',
      `expected label_smoothing to be in range [0, 1], got ${pyRepr(self.value('label_smoothing'))}`,
    );
  }
  self.keep('reduction');
  self.buffer('weight');
  self.keep('num_classes', 'out_features', 'ignore_index', 'label_smoothing');
  const width = classes * numelOf(sizes(self.value('out_features'), 0));
  self.child('linear', self.make(Linear, [self.value('in_features'), width], { bias: self.value('bias') }));
  self.keep('options');
}

export const losses = rows.map((row) => described('torch.nn.modules.loss', row));
