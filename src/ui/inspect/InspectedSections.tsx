/** One file: the verdict first, then what is in it, from the keys down to the bytes. */

import type { ShelfFile } from '../../notebook/views';
import { useTranslation } from '../i18n/use-translation';
import { Archive } from './Archive';
import { Keys } from './Keys';
import { Modules } from './Modules';
import { Parts } from './Parts';
import { Pickle } from './Pickle';
import styles from './Section.module.css';
import { SectionNav } from './SectionNav';
import { useInspection } from './use-inspection';
import { Verdict } from './Verdict';

export function InspectedSections({ file }: { file: ShelfFile }) {
  const { t } = useTranslation();
  const found = useInspection('describe', { file: file.name }, file.version);
  if (!found)
    return (
      <p className={styles.note}>
        {found === null ? t('inspect.unreadable', { file: file.name }) : t('inspect.reading')}
      </p>
    );
  const { description } = found;
  const { tensors, model, parts, pickles, records, mainPickle } = description;
  const sections = [
    'verdict',
    ...(tensors.length > 0 ? ['keys'] : []),
    ...(model ? ['modules'] : []),
    ...(parts.length > 0 ? ['parts'] : []),
    ...(pickles.length > 0 ? ['pickle'] : []),
    ...(records.length > 0 ? ['archive'] : []),
  ] as const;
  return (
    <>
      <Verdict file={file} found={found} />
      <SectionNav sections={sections} />
      {tensors.length > 0 && <Keys file={file} description={description} />}
      {model && <Modules model={model} description={description} />}
      {parts.length > 0 && <Parts file={file} parts={parts} pickle={mainPickle} />}
      {pickles.length > 0 && <Pickle file={file} description={description} />}
      {records.length > 0 && <Archive file={file} description={description} />}
    </>
  );
}
