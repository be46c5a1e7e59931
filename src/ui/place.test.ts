import { expect, test } from 'vitest';
import { inspectPath, placeOf } from './place';

test.each([
  ['/', { page: 'notebook', link: null }],
  ['/n/m1.abc', { page: 'notebook', link: 'm1.abc' }],
  ['/n/', { page: 'notebook', link: '' }],
  ['/inspect', { page: 'inspect', file: null, other: null }],
  ['/inspect/a.pth', { page: 'inspect', file: 'a.pth', other: null }],
  ['/inspect/100%', { page: 'inspect', file: '100%', other: null }],
])('%s', (path, place) => expect(placeOf(path)).toEqual(place));

test.each([[['a.pth']], [['模型 (1).pth', 'a/b#?100%.pth']]])('%j comes back', (files) => {
  const [file, other = null] = files;
  expect(placeOf(inspectPath(...files))).toEqual({ page: 'inspect', file, other });
});
