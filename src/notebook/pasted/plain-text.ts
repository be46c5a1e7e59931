/** A pasted text without what a terminal, a chat window or an input method did to it. */

const quotes: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '′': "'",
  '「': "'",
  '」': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '『': '"',
  '』': '"',
  '。': '.',
  '、': ',',
  '《': '<',
  '》': '>',
  '【': '[',
  '】': ']',
};
const entities: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
};

const [ESC, CSI] = [0x1b, 0x9b].map((code) => String.fromCharCode(code));
/** Colours of a terminal, also where the escape character was lost or is written out. */
const ansi = new RegExp(
  String.raw`(?:${ESC}|${CSI}|\\x1b|\\u001b|\\033|␛)\[[\d;?]*[@-~]|\[\d{1,2}(?:;\d{1,3})*m`,
  'gi',
);

/** Before a line: a prompt, a quotation mark of a chat, a frame, what pytest and torchrun write. */
const lineMarks =
  /^[^\S\n]*(?:(?:>>>|\.\.\.(?=\s)|>|\||│|┃|#|\[rank\d+\]:|In \[\d+\]:|E(?=\s{2}))[^\S\n]*)+/gm;

/** The right side of a frame that is drawn around a traceback. */
const lineEnds = /[^\S\n]*[│┃][^\S\n]*$/gm;

/** Invisible characters that web pages put between words. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

export function plainText(pasted: string): string {
  return pasted
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(ansi, '')
    .replace(/\r\n?/g, '\n')
    .replace(invisible, '')
    .replace(/&(?:quot|apos|lt|gt|amp|#3[49]);/g, (entity) => entities[entity] ?? entity)
    .replace(/[‘’‚′「」“”„『』。、《》【】]/g, (mark) => quotes[mark] ?? mark)
    .replace(/\\{1,4}(?=["'])/g, '')
    .replace(lineMarks, '')
    .replace(lineEnds, '');
}

/** Without any white space: a chat window breaks lines wherever it likes, also in the middle of a name. */
export function squeezed(plain: string): string {
  return plain.replace(/\s+/g, '');
}

/** Where in `plain` the character stands that is at `index` in its squeezed form. */
export function unsqueezedIndex(plain: string, index: number): number {
  let left = index;
  for (const { 0: word, index: start } of plain.matchAll(/\S+/g)) {
    if (left < word.length) return start + left;
    left -= word.length;
  }
  return plain.length;
}
