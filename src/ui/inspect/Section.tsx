/** A part of the inspector, framed as a cell is: title, what stands at its right, body. */
import { type ReactNode, useId } from 'react';
import cell from '../cells/Cell.module.css';
import { Boundary } from '../controls/Boundary';
import { useTranslation } from '../i18n/use-translation';
import styles from './Section.module.css';

export const sectionId = (id: string) => `inspect-${id}`;

export function Section({
  id,
  title,
  actions,
  children,
}: {
  id: string;
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const heading = useId();
  return (
    <section
      id={sectionId(id)}
      className={`${cell.cell} ${cell.framed} ${styles.section}`}
      aria-labelledby={heading}
    >
      <header className={cell.head}>
        <h2 id={heading} tabIndex={-1}>
          {title}
        </h2>
        <span className={cell.space} />
        {actions}
      </header>
      <div className={cell.body}>
        <Boundary retry={children} instead={<p className={cell.note}>{t('inspect.failed')}</p>}>
          {children}
        </Boundary>
      </div>
    </section>
  );
}
