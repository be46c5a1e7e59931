/** What kind of file this is in one sentence; what it has, what it lacks, what opening it does. */

import type { ErrorView, ShelfFile } from '../../notebook/views';
import type { InspectedFile, OpeningView } from '../../notebook/views/inspection';
import type { Words } from '../../notebook/views/words';
import { kindText } from '../i18n/kernel-text';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import { FileIcon } from '../icons/FileIcon';
import { bytesText } from '../shelf/bytes-text';
import { Exports } from './Exports';
import { Faults } from './Faults';
import { KeepCopy } from './KeepCopy';
import { sectionId } from './Section';
import { Sentence } from './Sentence';
import { useInspection } from './use-inspection';
import styles from './Verdict.module.css';

export function Verdict({ file, found }: { file: ShelfFile; found: InspectedFile }) {
  const { t } = useTranslation();
  const { description, has, lacks } = found;
  // Loading a file to see what comes of it takes a while longer than describing it.
  const openings = useInspection('openings', { file: file.name }, file.version) ?? [];
  return (
    <section id={sectionId('verdict')} className={styles.verdict}>
      <p className={styles.file}>
        <FileIcon kind={file.kind} />
        <code>{file.name}</code>
        <span className={styles.size}>
          {bytesText(description.size)}
          {description.identity.id === 'brokenZip' && ` · ${kindText(t, description.identity, 0)}`}
        </span>
      </p>
      <h1 tabIndex={-1}>
        <Sentence description={description} />
      </h1>
      <div className={styles.columns}>
        <Listed title={t('inspect.has.title')} list="has" words={has} />
        <Listed title={t('inspect.lacks.title')} list="lacks" words={lacks} />
        <div className={styles.opening}>
          <h2>{t('inspect.opening.title')}</h2>
          <ul>
            {openings.map((way) => (
              <Opening key={way.code} way={way} />
            ))}
          </ul>
        </div>
      </div>
      {/* What stops PyTorch is told where it is opened. */}
      <Faults faults={description.faults.filter(({ id }) => id !== 'archive')} />
      {description.tensors.length > 0 && (
        <div className={styles.actions}>
          <Exports file={file} />
          {file.origin === 'saved' && <KeepCopy file={file} />}
        </div>
      )}
    </section>
  );
}

function Listed({ title, list, words }: { title: string; list: 'has' | 'lacks'; words: readonly Words[] }) {
  if (words.length === 0) return null;
  return (
    <div>
      <h2>{title}</h2>
      <ul>
        {words.map(({ id, params }) => (
          <li key={id}>
            <Rich id={`inspect.${list}.${id}`} values={params} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Opening({ way: { code, words, error } }: { way: OpeningView }) {
  return (
    <li>
      <code className={styles.way}>{code}</code>
      {error ? <Raised error={error} /> : <Rich id={`inspect.opening.${words.id}`} values={words.params} />}
    </li>
  );
}

/** The class, and PyTorch's own text folded under it. */
function Raised({ error: { type, message } }: { error: ErrorView }) {
  if (message === '') return <b className={styles.raised}>{type}</b>;
  return (
    <details>
      <summary>
        <b className={styles.raised}>{type}</b>
      </summary>
      <pre className={styles.message}>{message}</pre>
    </details>
  );
}
