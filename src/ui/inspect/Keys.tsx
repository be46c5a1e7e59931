/** The keys: every tensor, narrowed by a filter where there are many, and what stands beside them as `_metadata`. */
import { useDeferredValue, useMemo, useState } from 'react';
import type { ShelfFile } from '../../notebook/views';
import type { FileDescription } from '../../notebook/views/inspection';
import { useTranslation } from '../i18n/use-translation';
import { Filter } from './Filter';
import { KeyRows } from './KeyRows';
import { Metadata } from './Metadata';
import { Section } from './Section';
import section from './Section.module.css';

/** From here on a field to filter by is of use. */
const MANY = 20;

export function Keys({ file, description }: { file: ShelfFile; description: FileDescription }) {
  const { t } = useTranslation();
  const { tensors, metadata, container } = description;
  const [filter, setFilter] = useState('');
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const shown = useMemo(
    () => tensors.flatMap(({ name }, i) => (wanted === '' || name.toLowerCase().includes(wanted) ? [i] : [])),
    [tensors, wanted],
  );
  return (
    <Section
      id="keys"
      title={t('inspect.keys.title')}
      actions={
        <>
          {tensors.length > MANY && <Filter value={filter} onChange={setFilter} />}
          <span className={section.aside} role="status">
            {shown.length === tensors.length ? tensors.length : `${shown.length} / ${tensors.length}`}
          </span>
        </>
      }
    >
      <KeyRows file={file} description={description} shown={shown} />
      {metadata.length > 0 && <Metadata entries={metadata} container={container} />}
    </Section>
  );
}
