/** The pickle x-ray: what the file would import and call, as a strip, as lists, and opcode by opcode. */
import { useState } from 'react';
import type { ShelfFile } from '../../notebook/views';
import type { FileDescription, PickleDescription } from '../../notebook/views/inspection';
import { Choice } from '../controls/Choice';
import { useTranslation } from '../i18n/use-translation';
import { Imports } from './Imports';
import { OpcodeList } from './OpcodeList';
import styles from './Pickle.module.css';
import { Section } from './Section';
import { Xray } from './Xray';

/** A file from before 1.6 is pickles in a row (torch/serialization.py, `_legacy_save`). */
const legacyPickles = ['magic', 'protocol', 'system', 'object', 'keys'] as const;

export function Pickle({ file, description }: { file: ShelfFile; description: FileDescription }) {
  const { t } = useTranslation();
  const { pickles, mainPickle, records, container } = description;
  const [chosen, setChosen] = useState(Math.max(0, mainPickle));
  const [goTo, setGoTo] = useState<{ readonly index: number } | null>(null);
  const pickle = pickles[chosen] as PickleDescription;
  const nameOf = ({ record }: PickleDescription, i: number): string => {
    if (record !== null) return records[record]?.name.split('/').slice(1).join('/') ?? String(i + 1);
    const role = legacyPickles[i];
    return container === 'legacy' && role ? t(`inspect.legacy.${role}`) : String(i + 1);
  };
  return (
    <Section
      id="pickle"
      title={t('inspect.pickle.title')}
      actions={
        <span className={styles.safe}>
          <Nothing />
          {t('inspect.pickle.safe')}
        </span>
      }
    >
      {pickles.length > 1 && (
        <Choice
          legend={t('inspect.pickle.which')}
          code
          options={pickles.map((one, i) => ({ value: String(i), label: nameOf(one, i) }))}
          value={String(chosen)}
          onChange={(value) => setChosen(Number(value))}
        />
      )}
      <Xray pickle={pickle} onGo={(index) => setGoTo({ index })} />
      {pickle.ending !== 'stop' && (
        <p className={styles.ending}>
          {t(`inspect.ending.${pickle.ending.replaceAll(' ', '_')}` as 'inspect.ending.limit')}
        </p>
      )}
      <Imports pickle={pickle} onGo={(index) => setGoTo({ index })} />
      <OpcodeList key={chosen} file={file} index={chosen} pickle={pickle} goTo={goTo} />
    </Section>
  );
}

/** A circle struck through. */
function Nothing() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d="M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM3.4 12.6l9.2-9.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
      />
    </svg>
  );
}
