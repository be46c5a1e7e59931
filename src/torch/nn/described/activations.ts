/** Activations (torch/nn/modules/activation.py). */
import { PythonError } from '../../errors';
import { pyRepr } from '../../python/repr';
import { PyFloat, type PyValue, toNumber } from '../../python/values';
import { Parameter } from '../../tensor';
import { inplace } from '../extra-repr';
import { filled } from '../init';
import { factory } from '../signature-text';
import type { Construction } from './construction';
import { described, type Row } from './row';

/** Torch 1.0 and older wrote no `dim` for the softmaxes. */
const dimOrNone: NonNullable<Row['completeState']> = ({ attributes }) => {
  if (!attributes.has('dim')) attributes.set('dim', null);
};

const rows: readonly Row[] = [
  { kind: 'CELU', signature: 'alpha=1.0, inplace=False', repr: ['alpha={alpha}', inplace] },
  { kind: 'ELU', signature: 'alpha=1.0, inplace=False', repr: ['alpha={alpha}', inplace] },
  { kind: 'GLU', signature: 'dim=-1', repr: ['dim={dim}'] },
  { kind: 'Hardshrink', signature: 'lambd=0.5', repr: ['{lambd}'] },
  { kind: 'Hardsigmoid', signature: 'inplace=False' },
  { kind: 'Hardswish', signature: 'inplace=False' },
  {
    kind: 'Hardtanh',
    signature: 'min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None',
    init: hardtanh,
    repr: ['min_val={min_val}', 'max_val={max_val}', inplace],
  },
  { kind: 'LogSigmoid', signature: '' },
  { kind: 'Mish', signature: 'inplace=False', repr: [inplace] },
  {
    kind: 'PReLU',
    signature: `num_parameters=1, init=0.25, ${factory}`,
    early: ['num_parameters'],
    init(self) {
      self.keep('num_parameters', 'init');
      self.parameter('weight', new Parameter(filled([self.number('num_parameters')], self.number('init'))));
    },
    repr: ['num_parameters={num_parameters}'],
  },
  {
    kind: 'ReLU6',
    signature: 'inplace=False',
    init(self) {
      self.set('min_val', new PyFloat(0));
      self.set('max_val', new PyFloat(6));
      self.keep('inplace');
    },
    repr: [inplace],
  },
  {
    kind: 'RReLU',
    signature: 'lower=0.125, upper=0.3333333333333333, inplace=False',
    repr: ['lower={lower}', 'upper={upper}', inplace],
  },
  { kind: 'SELU', signature: 'inplace=False', repr: [inplace] },
  { kind: 'SiLU', signature: 'inplace=False', repr: [inplace] },
  { kind: 'Softmax2d', signature: '' },
  { kind: 'Softmin', signature: 'dim=None', repr: ['dim={dim}'], completeState: dimOrNone },
  {
    kind: 'Softplus',
    signature: 'beta=1.0, threshold=20.0',
    repr: ['beta={beta}', 'threshold={threshold}'],
  },
  { kind: 'Softshrink', signature: 'lambd=0.5', repr: ['{lambd}'] },
  { kind: 'Softsign', signature: '' },
  { kind: 'Tanhshrink', signature: '' },
  {
    kind: 'Threshold',
    signature: 'threshold, value, inplace=False',
    repr: ['threshold={threshold}', 'value={value}', inplace],
  },
];

/** `min_value` and `max_value` are the names of before. Raises AssertionError unless max_val is greater. */
function hardtanh(self: Construction): void {
  const bound = (name: string, old: string): PyValue => self.value(old) ?? self.value(name);
  const [low, high] = [bound('min_val', 'min_value'), bound('max_val', 'max_value')];
  self.set('min_val', low);
  self.set('max_val', high);
  self.keep('inplace');
  if (toNumber(high) > toNumber(low)) return;
  throw new PythonError(
    'AssertionError',
    `max_val (${pyRepr(high)}) must be greater than min_val (${pyRepr(low)})`,
  );
}

export const activations = rows.map((row) => described('torch.nn.modules.activation', row));
