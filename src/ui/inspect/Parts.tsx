/** A checkpoint is a dict: what stands under each of its keys, down to the last setting of its optimizer. */
import { useState } from 'react';
import type { ShelfFile } from '../../notebook/views';
import type { CheckpointPart } from '../../notebook/views/inspection';
import { useTranslation } from '../i18n/use-translation';
import { bytesText } from '../shelf/bytes-text';
import styles from './Parts.module.css';
import { Section } from './Section';
import section from './Section.module.css';
import { ValueTree } from './ValueTree';

export function Parts({
  file,
  parts,
  pickle,
}: {
  file: ShelfFile;
  parts: readonly CheckpointPart[];
  pickle: number;
}) {
  const { t } = useTranslation();
  return (
    <Section
      id="parts"
      title={t('inspect.parts.title')}
      actions={<span className={section.aside}>{parts.length}</span>}
    >
      <ul className={styles.parts}>
        {parts.map((part, i) => (
          <li key={part.key}>
            {part.text === '' ? (
              // The value of the i-th entry, as `OpenFile.outline` counts a dict's keys and values in turn.
              <Folded part={part} file={file} pickle={pickle} path={[2 * i + 1]} />
            ) : (
              <p className={styles.part}>
                <code className={styles.key}>{part.key}</code>
                <code>{part.text}</code>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Folded({
  part: { key, kind, tensors, bytes },
  file,
  pickle,
  path,
}: {
  part: CheckpointPart;
  file: ShelfFile;
  pickle: number;
  path: readonly number[];
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.part}>
        <code className={styles.key}>{key}</code>
        <span>{t(`inspect.part.${kind}`)}</span>
        <span className={styles.size}>
          {tensors > 0 && `${t('inspect.parts.tensors', { count: tensors })} · ${bytesText(bytes)}`}
        </span>
      </summary>
      {open && <ValueTree file={file} pickle={pickle} path={path} />}
    </details>
  );
}
