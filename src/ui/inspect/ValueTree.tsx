/** What unfolds under a value of a file. Each level is asked for when it is opened: a file may make a value endless. */
import { useState } from 'react';
import type { ShelfFile } from '../../notebook/views';
import { useTranslation } from '../i18n/use-translation';
import { useInspection } from './use-inspection';
import styles from './ValueTree.module.css';
import { type Child, childrenOf, leftOut, valueText } from './value-text';

export interface Rooted {
  readonly file: ShelfFile;
  readonly pickle: number;
  /** From the saved object, child by child. */
  readonly path: readonly number[];
}

export function ValueTree({ file, pickle, path }: Rooted) {
  const { t } = useTranslation();
  const value = useInspection('outline', { file: file.name, pickle, path }, file.version);
  if (!value) return <p className={styles.note}>{value === null ? '–' : t('inspect.reading')}</p>;
  const rest = leftOut(value);
  return (
    <ul className={styles.tree}>
      {childrenOf(value).map((child) => (
        <li key={child.path.join('.')}>
          <Branch file={file} pickle={pickle} path={[...path, ...child.path]} child={child} />
        </li>
      ))}
      {rest > 0 && <li className={styles.note}>{t('inspect.importsMore', { count: rest })}</li>}
    </ul>
  );
}

function Branch({ file, pickle, path, child: { label, value } }: Rooted & { child: Child }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const deeper = value.kind === 'more';
  const count = childrenOf(value).length + leftOut(value);
  const head = (
    <>
      <code className={styles.label}>{label}</code>{' '}
      <code className={styles.value}>
        {deeper ? '…' : valueText(value)}
        {count > 0 && value.kind !== 'object' && ` · ${t('inspect.value.items', { count })}`}
      </code>
    </>
  );
  if (!deeper && count === 0) return <p className={styles.leaf}>{head}</p>;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{head}</summary>
      {open && <ValueTree file={file} pickle={pickle} path={path} />}
    </details>
  );
}
