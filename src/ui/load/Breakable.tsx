/** A name or a line of code with room to break between its words: `ModuleNot|FoundError`, `src/|train.py`. */
import { Fragment } from 'react';

const seams = {
  name: /(?<=[a-z])(?=[A-Z])|(?<=[=/_(])/,
  /** After a parenthesis and before a method: a string stays whole. */
  code: /(?<=[([])|(?<=\))(?=\.)/,
} as const;

export function Breakable({ text, as }: { text: string; as: keyof typeof seams }) {
  return text.split(seams[as]).map((word, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: words of a name never move
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {word}
    </Fragment>
  ));
}
