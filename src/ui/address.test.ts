import { expect, test } from 'vitest';
import { linkIn } from './address';

test('a link is what follows #/n/', () => {
  expect(linkIn('#/n/m1.abc')).toBe('m1.abc');
  expect(linkIn('#n/m1.abc')).toBe('m1.abc');
  expect(linkIn('#/n/m1.abc/d')).toBe('m1.abc/d');
});

test('an empty link is one that was cut, and no link is the first notebook', () => {
  for (const hash of ['#/n', '#/n/']) expect(linkIn(hash)).toBe('');
  for (const hash of ['', '#', '#/', '#/nn/m1.abc', '#/x/n/m1.abc']) expect(linkIn(hash)).toBeNull();
});
