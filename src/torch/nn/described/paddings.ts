/** Padding layers (torch/nn/modules/padding.py): sizes before and after each of the last n axes. */
import { PyFloat } from '../../python/values';
import { ntuple } from '../tuples';
import { described, type Row } from './row';

/** Circular, reflection and replication. */
function padding(kind: string, n: number): Row {
  return {
    kind: `${kind}Pad${n}d`,
    signature: 'padding',
    init: (self) => self.set('padding', ntuple(self.value('padding'), 2 * n)),
    repr: ['{padding}'],
  };
}

function constant(n: number): Row {
  return {
    kind: `ConstantPad${n}d`,
    signature: 'padding, value',
    init(self) {
      self.keep('value');
      self.set('padding', ntuple(self.value('padding'), 2 * n));
    },
    repr: ['padding={padding}', 'value={value}'],
  };
}

function zero(n: number): Row {
  return {
    kind: `ZeroPad${n}d`,
    signature: 'padding',
    init(self) {
      self.set('value', new PyFloat(0));
      self.set('padding', ntuple(self.value('padding'), 2 * n));
    },
    repr: ['{padding}'],
  };
}

const rows: readonly Row[] = [1, 2, 3].flatMap((n) => [
  ...['Circular', 'Reflection', 'Replication'].map((kind) => padding(kind, n)),
  constant(n),
  zero(n),
]);

export const paddings = rows.map((row) => described('torch.nn.modules.padding', row));
