import { describe, expect, it } from 'vitest';
import { doneCells, executionCount } from './cell-ids';

describe('cells', () => {
  it('number themselves by their newest statement', () => {
    expect(executionCount('switch', { switch: 3 })).toBe(3);
    expect(executionCount('train', { switch: 3 })).toBeNull();
    expect(executionCount('intro', { switch: 3 })).toBeNull();
  });

  it('burn when the learner has run them', () => {
    expect([...doneCells({})]).toEqual([]);
    expect([...doneCells({ load: 7, network: 2 })]).toEqual(['network', 'load']);
  });
});
