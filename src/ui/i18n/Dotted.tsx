/** A dotted name that may break after its dots, and nowhere else while there is room. */
import { Fragment } from 'react';

export function Dotted({ text }: { text: string }) {
  return text.split(/(?<=[.(])(?=\w)/).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a name never move
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
