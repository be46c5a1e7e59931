import { expect, test } from 'vitest';
import { type Family, reproduction } from '../../notebook/pasted';
import { rules } from '../../notebook/pasted/families';
import en from '../i18n/en.json';

test('an error that is not made here has a sentence', () => {
  const ground = { className: 'Net', steps: 1, taken: new Set<string>() };
  const complaints: Family[] = ['prefix_other', 'not_tensors'];
  // These are made here, unless what they name is nobody's own.
  const foreign: Family[] = ['weights_only', 'module_missing', 'class_missing'];
  const told = [...complaints, ...rules.map(({ family }) => family)].filter(
    (family) => reproduction({ family, type: null, details: {}, excerpt: '' }, ground) === 'not_here',
  );
  expect(Object.keys(en.paste.because).sort()).toEqual([...new Set([...told, ...foreign])].sort());
});
