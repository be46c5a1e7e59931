/** Recurrent layers and their cells (torch/nn/modules/rnn.py). */
import { PythonError } from '../../errors';
import { pyRepr } from '../../python/repr';
import { shortTypeName } from '../../python/type-name';
import { PyFloat, type PyValue } from '../../python/values';
import type { Parameter, Shape } from '../../tensor';
import { type Part, unless } from '../extra-repr';
import { uniformWithin } from '../init';
import type { Module } from '../module';
import type { CallArguments } from '../signature';
import { factory } from '../signature-text';
import type { Construction } from './construction';
import { described, type Row } from './row';

/** Rows of a weight for each element of the hidden state. */
const gates: ReadonlyMap<PyValue, number> = new Map([
  ['LSTM', 4],
  ['GRU', 3],
  ['RNN_TANH', 1],
  ['RNN_RELU', 1],
]);

const parts: readonly Part[] = [
  '{input_size}',
  '{hidden_size}',
  unless('proj_size', 0),
  unless('num_layers', 1),
  unless('bias', true),
  unless('batch_first', false),
  unless('dropout', 0),
  unless('bidirectional', false),
];

const rnnBase = {
  signature:
    'mode, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, ' +
    `bidirectional=False, proj_size=0, ${factory}`,
  initOwner: 'RNNBase',
  init: fillRecurrent,
  repr: parts,
  completeState({ attributes }: Module): void {
    // `LSTM` has it since 1.8.
    if (!attributes.has('proj_size')) attributes.set('proj_size', 0);
  },
} satisfies Partial<Row>;

function fillRecurrent(self: Construction): void {
  self.keep('mode', 'input_size', 'hidden_size', 'num_layers', 'bias', 'batch_first');
  self.set('dropout', new PyFloat(self.number('dropout')));
  self.keep('bidirectional', 'proj_size');
  checkSizes(self);
  const bound = 1 / Math.sqrt(self.number('hidden_size'));
  const groups = weightShapes(self);
  const weights = groups.flat().map(([name, shape]): [string, Parameter] => {
    return [name, uniformWithin(self.generator, shape, bound)];
  });
  for (const [name, weight] of weights) self.parameter(name, weight);
  self.set(
    '_flat_weights_names',
    weights.map(([name]) => name),
  );
  self.set(
    '_all_weights',
    groups.map((group) => group.map(([name]) => name)),
  );
  self.set(
    '_flat_weights',
    weights.map(([, weight]) => weight),
  );
}

/** By layer and direction: names and shapes of its weights, in order. */
function weightShapes(self: Construction): (readonly [string, Shape])[][] {
  const [hidden, projected] = [self.number('hidden_size'), self.number('proj_size')];
  const rows = hidden * (gates.get(self.value('mode')) as number);
  const given = projected > 0 ? projected : hidden;
  const suffixes = self.flag('bidirectional') ? ['', '_reverse'] : [''];
  return Array.from({ length: self.number('num_layers') }, (_, layer) =>
    suffixes.map((suffix) => {
      const taken = layer === 0 ? self.number('input_size') : given * suffixes.length;
      const all: (readonly [string, Shape])[] = [
        ['weight_ih', [rows, taken]],
        ['weight_hh', [rows, given]],
        ...(self.flag('bias')
          ? ([
              ['bias_ih', [rows]],
              ['bias_hh', [rows]],
            ] as const)
          : []),
        ...(projected > 0 ? ([['weight_hr', [projected, hidden]]] as const) : []),
      ];
      return all.map(([name, shape]) => [`${name}_l${layer}${suffix}`, shape] as const);
    }),
  ).flat();
}

function checkSizes(self: Construction): void {
  const dropout = self.number('dropout');
  if (!(dropout >= 0 && dropout <= 1) || typeof self.value('dropout') === 'boolean') {
    throw valueError(
      'dropout should be a number in range [0, 1] representing the probability of an element being zeroed',
    );
  }
  for (const name of ['bias', 'batch_first']) mustBe(self, name, 'bool', 'boolean');
  for (const name of ['input_size', 'hidden_size']) {
    mustBe(self, name, 'int', 'number');
    if (self.number(name) <= 0) throw valueError(`${name} must be greater than zero`);
  }
  if (self.number('num_layers') <= 0) throw valueError('num_layers must be greater than zero');
  if (self.number('proj_size') < 0)
    throw valueError('proj_size should be a positive integer or zero to disable projections');
  if (self.number('proj_size') >= self.number('hidden_size'))
    throw valueError('proj_size has to be smaller than hidden_size');
}

function mustBe(self: Construction, name: string, type: string, inTypeScript: string): void {
  const value = self.value(name);
  if (typeof value === inTypeScript) return;
  throw new PythonError('TypeError', `${name} should be of type ${type}, got: ${shortTypeName(value)}`);
}

function valueError(message: string): PythonError {
  return new PythonError('ValueError', message);
}

/** LSTM and GRU name their mode and pass the rest on. */
function withMode(mode: string): (call: CallArguments) => CallArguments {
  return ({ args, kwargs }) => ({ args: [mode, ...args], kwargs });
}

function refuseProjection({ kwargs }: CallArguments): void {
  if (kwargs.has('proj_size'))
    throw valueError('proj_size argument is only supported for LSTM, not RNN or GRU');
}

/** RNN takes `nonlinearity` as its fourth argument, and makes its mode of it. */
function ofNonlinearity(call: CallArguments): CallArguments {
  refuseProjection(call);
  const kwargs = new Map(call.kwargs);
  const isPositional = call.args.length > 3;
  const nonlinearity = isPositional ? call.args[3] : (kwargs.get('nonlinearity') ?? 'tanh');
  if (!isPositional) kwargs.delete('nonlinearity');
  if (nonlinearity !== 'tanh' && nonlinearity !== 'relu') {
    const text = typeof nonlinearity === 'string' ? nonlinearity : pyRepr(nonlinearity);
    throw valueError(`Unknown nonlinearity '${text}'. Select from 'tanh' or 'relu'.`);
  }
  const mode = nonlinearity === 'tanh' ? 'RNN_TANH' : 'RNN_RELU';
  return { args: [mode, ...call.args.filter((_, i) => i !== 3)], kwargs };
}

/** A cell keeps its sizes; `nonlinearity` is RNNCell's alone. */
function cell(kind: string, chunks: number): Row {
  const nonlinearity = kind === 'RNNCell' ? "nonlinearity='tanh', " : '';
  return {
    kind,
    signature: `input_size, hidden_size, bias=True, ${nonlinearity}${factory}`,
    init(self) {
      const [taken, hidden] = [self.number('input_size'), self.number('hidden_size')];
      self.keep('input_size', 'hidden_size', 'bias');
      const rows = chunks * hidden;
      const draw = (shape: Shape): Parameter =>
        uniformWithin(self.generator, shape, hidden > 0 ? 1 / Math.sqrt(hidden) : 0);
      self.parameter('weight_ih', draw([rows, taken]));
      self.parameter('weight_hh', draw([rows, hidden]));
      for (const name of ['bias_ih', 'bias_hh'])
        self.parameter(name, self.flag('bias') ? draw([rows]) : null);
      if (nonlinearity) self.keep('nonlinearity');
    },
    repr: [
      '{input_size}',
      '{hidden_size}',
      unless('bias', true),
      ...(nonlinearity ? [unless('nonlinearity', 'tanh')] : []),
    ],
  };
}

const rows: readonly Row[] = [
  { kind: 'LSTM', ...rnnBase, passesOn: withMode('LSTM') },
  {
    kind: 'GRU',
    ...rnnBase,
    passesOn(call) {
      refuseProjection(call);
      return withMode('GRU')(call);
    },
  },
  {
    kind: 'RNN',
    ...rnnBase,
    passesOn: ofNonlinearity,
    early: ['nonlinearity'],
    init(self) {
      self.set('nonlinearity', self.value('mode') === 'RNN_TANH' ? 'tanh' : 'relu');
      fillRecurrent(self);
    },
  },
  cell('RNNCell', 1),
  cell('LSTMCell', 4),
  cell('GRUCell', 3),
];

export const recurrent = rows.map((row) => described('torch.nn.modules.rnn', row));
