/** The lockfile check must be able to fail. */
import { expect, test } from 'vitest';
import { lockFaults } from './lock.mjs';

const complete = {
  packages: {
    '': {},
    'node_modules/tool': { optionalDependencies: { '@tool/linux': '1.0.0', '@tool/mac': '1.0.0' } },
    'node_modules/tool/node_modules/@tool/linux': {},
    'node_modules/@tool/mac': {},
  },
};

test('accepts optional packages beside and above the package that names them', () => {
  expect(lockFaults(complete)).toEqual([]);
});

test('names an optional package that the lock lacks', () => {
  const { 'node_modules/@tool/mac': _, ...packages } = complete.packages;
  expect(lockFaults({ packages })).toEqual(['node_modules/tool needs @tool/mac, which is not locked']);
});

test('names a package with a download address', () => {
  const packages = { ...complete.packages, 'node_modules/x': { resolved: 'https://example.org/x.tgz' } };
  expect(lockFaults({ packages })).toEqual(['node_modules/x records a download address']);
});
