/** A sentence of the catalogue with `<b>` and `<code>` in it; parameters are inserted as plain text. */
import i18next, { type ParseKeys } from 'i18next';
import { Fragment, type ReactNode } from 'react';
import { type Piece, piecesOf } from './marks';
import { useTranslation } from './use-translation';

type Values = Readonly<Record<string, string | number>>;

export function Rich({
  id,
  values,
}: {
  id: ParseKeys | `why.${string}` | `inspect.${string}` | `paste.${string}` | `transfer.${string}`;
  values?: Values;
}) {
  const { t } = useTranslation();
  // Parameters come in only after the markup has been read: what a file is called is never markup.
  const sentence = values
    ? t(id as 'intro.text', { ...values, skipInterpolation: true })
    : t(id as 'intro.text');
  return drawn(piecesOf(sentence), values ?? {});
}

function drawn(pieces: readonly Piece[], values: Values): ReactNode {
  return pieces.map((piece, i) => {
    // biome-ignore-start lint/suspicious/noArrayIndexKey: a piece is its place in the sentence
    if (typeof piece === 'string') return <Fragment key={i}>{filled(piece, values)}</Fragment>;
    const Mark = piece.mark;
    return <Mark key={i}>{drawn(piece.inside, values)}</Mark>;
    // biome-ignore-end lint/suspicious/noArrayIndexKey: as above
  });
}

function filled(text: string, values: Values): string {
  return i18next.services.interpolator.interpolate(text, values, i18next.language, {});
}
