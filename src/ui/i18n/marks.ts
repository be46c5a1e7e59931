/** The markup of a catalogue's sentence: `<b>` and `<code>`, one inside the other at most. */

export type Mark = 'b' | 'code';
export type Piece = string | { readonly mark: Mark; readonly inside: readonly Piece[] };

/** `Flip to <code>eval()</code>.` is text, a mark with text inside, and text. */
export function piecesOf(sentence: string): Piece[] {
  // Three parts each: text, and then the mark and its inside, if there is one.
  const parts = sentence.split(/<(b|code)>(.*?)<\/\1>/s);
  return parts.flatMap((part, i): Piece[] => {
    if (i % 3 === 0) return part === '' ? [] : [part];
    return i % 3 === 1 ? [{ mark: part as Mark, inside: piecesOf(parts[i + 1] ?? '') }] : [];
  });
}
