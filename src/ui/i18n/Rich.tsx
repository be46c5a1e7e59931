/** A sentence of the catalogue with `<b>` and `<code>` in it; parameters are inserted as plain text. */
import type { ParseKeys } from 'i18next';
import { Trans, useTranslation } from 'react-i18next';

const marks = { b: <b />, code: <code /> };

export function Rich({
  id,
  values = {},
}: {
  id: ParseKeys | `why.${string}` | `inspect.${string}`;
  values?: Readonly<Record<string, string | number>>;
}) {
  const { t } = useTranslation();
  return <Trans t={t} i18nKey={id as 'intro.text'} values={values} components={marks} />;
}
