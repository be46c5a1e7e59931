import { describe, expect, it } from 'vitest';
import type { StatementType } from '../../notebook/statements';
import type { LogEntry } from '../../notebook/views';
import { doneCells, executionCount } from './cell-ids';

const log = (...types: StatementType[]) =>
  types.map((statement, i) => ({ count: i + 1, statement, code: '', error: null }) as LogEntry);
const opening: StatementType[] = ['mode', 'define', 'forward'];

describe('cells', () => {
  it('number themselves by their newest statement', () => {
    const entries = log('define', 'forward', 'mode', 'feed');
    expect(executionCount('network', entries)).toBe(1);
    expect(executionCount('switch', entries)).toBe(3);
    expect(executionCount('train', entries)).toBeNull();
  });

  it('stay fresh while only the page itself has run', () => {
    expect([...doneCells(log(...opening))]).toEqual([]);
  });

  it('burn when the learner has run them', () => {
    expect([...doneCells(log(...opening, 'mode', 'forward'))]).toEqual(['switch']);
    expect([...doneCells(log(...opening, 'forward'))]).toEqual(['dropout']);
    expect([...doneCells(log(...opening, 'define', 'forward'))]).toEqual(['network']);
    expect([...doneCells(log(...opening, 'save', 'load', 'fit', 'feed'))]).toEqual([
      'save',
      'load',
      'train',
      'batchnorm',
    ]);
  });
});
