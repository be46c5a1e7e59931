import { describe, expect, it } from 'vitest';
import { foldFrames } from './Traceback';

const line = (text: string, inner = false) => ({ text, inner });

describe('a traceback', () => {
  it('folds neighbouring inner frames together and keeps the order', () => {
    const lines = [line('a'), line('b', true), line('c', true), line('d'), line('e', true)];
    expect(foldFrames(lines).map((group) => group.map(({ text }) => text).join(''))).toEqual([
      'a',
      'bc',
      'd',
      'e',
    ]);
  });
});
