/** The budget must count what a page cannot start without, and nothing else. */
import { expect, test } from 'vitest';
import { namedFiles, shellFiles } from './budget.mjs';

const manifest = {
  'index.html': { file: 'assets/index.js', css: ['assets/index.css'], imports: ['_shared.js'] },
  '_shared.js': { file: 'assets/shared.js', css: ['assets/shared.css'], imports: ['index.html'] },
  'src/chart.ts': { file: 'assets/chart.js' },
};

test('follows static imports and their styles, also in a circle', () => {
  expect([...shellFiles(manifest, ['first.js', 'assets/index.js'])].sort()).toEqual([
    'assets/index.css',
    'assets/index.js',
    'assets/shared.css',
    'assets/shared.js',
    'first.js',
  ]);
});

test('refuses a manifest that lacks a chunk, or a page that names none, instead of counting less', () => {
  expect(() => shellFiles({ a: { file: 'a.js', imports: ['b'] } }, ['a.js'])).toThrow(
    'the manifest has no b',
  );
  expect(() => shellFiles(manifest, ['first.js'])).toThrow('names no file');
});

test('reads the scripts and styles a page names', () => {
  expect(
    namedFiles('<script src="./first.js"></script><link href="./assets/a.css"><link href="./icon.svg">'),
  ).toEqual(['first.js', 'assets/a.css']);
});
