/** Both catalogues say the same things: same ids, same parameters, and Chinese with Chinese punctuation. */
import { describe, expect, it } from 'vitest';
import en from './en.json';
import zh from './zh.json';

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') texts.set(prefix + key, value);
    else for (const [id, text] of flatten(value, `${prefix}${key}.`)) texts.set(id, text);
  }
  return texts;
}

const parameters = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
const stem = (id: string) => id.replace(/_(one|other)$/, '');

const chinese = flatten(zh);
const english = flatten(en);

describe('catalogues', () => {
  it('have the same ids, apart from the plurals Chinese does not have', () => {
    expect([...new Set([...chinese.keys()].map(stem))].sort()).toEqual(
      [...new Set([...english.keys()].map(stem))].sort(),
    );
  });

  it('have no empty text', () => {
    for (const [id, text] of [...chinese, ...english]) expect(text.trim(), id).not.toBe('');
  });

  it('take the same parameters', () => {
    for (const [id, text] of english) {
      const other = chinese.get(id) ?? chinese.get(stem(id));
      expect(parameters(other ?? ''), id).toEqual(parameters(text));
    }
  });

  it('give every plural both English forms', () => {
    for (const id of english.keys()) {
      if (id.endsWith('_one')) expect(english.has(`${stem(id)}_other`), id).toBe(true);
    }
  });

  it('use full-width punctuation next to Chinese characters', () => {
    for (const [id, text] of chinese)
      expect(text, id).not.toMatch(/\p{Script=Han}[,;:!?]|[,;!?]\p{Script=Han}/u);
  });

  it('use straight apostrophes in English', () => {
    for (const [id, text] of english) expect(text, id).not.toMatch(/[\u2018\u2019]/);
  });
});
