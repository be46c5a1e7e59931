/** Messages written as PyTorch writes them, matched in a text that has lost its white space. */

/**
 * A pattern whose spaces are not asked for. Every part of it must be bounded: a text may hold the beginning of a message as
 * often as it likes.
 */
export function message(strings: TemplateStringsArray, ...parts: readonly string[]): RegExp {
  return new RegExp(String.raw({ raw: strings.raw }, ...parts).replaceAll(' ', ''), 'g');
}

export interface Found {
  readonly from: number;
  readonly to: number;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/** The last place where one of the patterns matches: of several errors the last is the one that ended the program. */
export function lastMatch(text: string, patterns: readonly RegExp[]): Found | null {
  let last: Found | null = null;
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const to = match.index + match[0].length;
      if (last === null || to > last.to) last = { from: match.index, to, groups: match.groups ?? {} };
    }
  }
  return last;
}
