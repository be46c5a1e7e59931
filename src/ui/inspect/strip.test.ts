import { expect, it } from 'vitest';
import type { GlobalEntry } from '../../notebook/views/inspection';
import { stripColumns, stripLabels } from './strip';

it('each column shows the heaviest of its opcodes', () => {
  expect([...stripColumns(Uint8Array.of(0, 3, 0, 1, 2, 0), 3)]).toEqual([3, 1, 2]);
});

it('a short pickle has a column for each opcode', () => {
  expect([...stripColumns(Uint8Array.of(2, 0), 10)]).toEqual([2, 0]);
});

it('labels never run into each other or out of the strip', () => {
  const global = (name: string, index: number, verdict: GlobalEntry['verdict'] = 'unsafe') =>
    ({ name, index, verdict }) as GlobalEntry;
  const globals = [
    ...[global('OrderedDict', 0, 'allowed'), global('Net', 1), global('Linear', 3)],
    ...[global('ReLU', 20), global('Dropout', 95)],
  ];
  const labels = stripLabels(
    globals,
    (i) => i,
    (text) => text.length * 2,
    100,
  );
  expect(labels.map(({ entry }) => entry.name)).toEqual(['Net', 'ReLU']);
});
