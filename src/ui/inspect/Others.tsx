/** What differs between two files besides their tensors. */

import type { OtherDifference } from '../../notebook/views/comparison';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import styles from './Comparison.module.css';
import { Section } from './Section';

export function Others({
  others,
  left,
  right,
}: {
  others: readonly OtherDifference[];
  left: string;
  right: string;
}) {
  const { t } = useTranslation();
  const shown = ({ words }: OtherDifference, text: string) => {
    if (text === '') return '–';
    return words.id === 'kind' ? (
      t(`inspect.kind.${text}` as 'inspect.kind.model', text)
    ) : (
      <code>{text}</code>
    );
  };
  return (
    <Section id="others" title={t('inspect.others.title')}>
      <dl className={styles.others}>
        <div>
          <dt className="sr">{t('inspect.compare.key')}</dt>
          <dd />
          <dd>
            <code>{left}</code>
          </dd>
          <dd>
            <code>{right}</code>
          </dd>
        </div>
        {others.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a difference has nothing but its place
          <div key={i}>
            <dt>
              <Rich id={`inspect.others.${one.words.id}`} values={one.words.params} />
            </dt>
            <dd>{shown(one, one.left)}</dd>
            <dd>{shown(one, one.right)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
