import { describe, expect, it } from 'vitest';
import type { ShelfFile } from '../../notebook/views';
import { firstProgram, samePrograms } from './first-program';

const file = (kind: ShelfFile['kind']) => ({ name: 'a.pth', kind }) as ShelfFile;

describe('the first program for a file', () => {
  it('reads a file the way it was saved', () => {
    expect(firstProgram(file('model')).how).toBe('model');
    expect(firstProgram(file('state_dict')).how).toBe('state_dict');
    expect(firstProgram(file('other')).how).toBe('state_dict');
  });

  it('leaves every argument at its default', () => {
    expect(firstProgram(file('model'))).toMatchObject({
      weightsOnly: 'default',
      strict: true,
      mapLocation: 'default',
    });
  });

  it('is the same program only with the same choices', () => {
    const program = firstProgram(file('model'));
    expect(samePrograms(program, { ...program })).toBe(true);
    expect(samePrograms(program, { ...program, strict: false })).toBe(false);
  });
});
