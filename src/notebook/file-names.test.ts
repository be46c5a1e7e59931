import { expect, test } from 'vitest';
import { copyName } from './file-names';

test.each([
  ['a.pth', ['a.pth'], 'a_1.pth'],
  ['a.pth', ['a.pth', 'a_1.pth', 'a_2.pth'], 'a_3.pth'],
  ['net.v2.pth', [], 'net.v2_1.pth'],
  ['.pth', [], '.pth_1'],
  ['noext', ['noext_1'], 'noext_2'],
])('a copy of %s beside %j is %s', (name, taken, copy) => expect(copyName(name, taken)).toBe(copy));
