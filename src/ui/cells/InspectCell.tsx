/** See inside: what a file of the shelf holds, in short; the inspector's own page shows the rest. */
import { lazy, Suspense, useState } from 'react';
import { navigate } from 'wouter/use-hash-location';
import type { KernelView } from '../../notebook/views';
import { Button } from '../controls/Button';
import { Choice } from '../controls/Choice';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { inspectPath } from '../place';
import { UploadButton } from '../shelf/UploadButton';
import { Cell } from './Cell';
import cell from './Cell.module.css';

const InsideFile = lazy(() =>
  import('../inspect/InsideFile').then((module) => ({ default: module.InsideFile })),
);

export function InspectCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const [chosen, choose] = useState<string | null>(null);
  const { shelf } = view;
  const file = shelf.find(({ name }) => name === chosen) ?? shelf.at(-1);
  return (
    <Cell
      id="inspect"
      view={view}
      title={t('inspect.title')}
      stale={false}
      actions={
        <Button look="primary" onClick={() => navigate(file ? inspectPath(file.name) : inspectPath())}>
          <Icon name="inspect" />
          {t(file ? 'inspect.whole' : 'inspect.page')}
        </Button>
      }
    >
      {!file && (
        <>
          <p className={cell.note}>{t('inspect.noFile')}</p>
          <UploadButton />
        </>
      )}
      {shelf.length > 1 && file && (
        <Choice
          legend={t('inspect.file')}
          code
          options={shelf.map(({ name }) => ({ value: name, label: name }))}
          value={file.name}
          onChange={choose}
        />
      )}
      {file && (
        <Suspense fallback={<p className={cell.note}>{t('inspect.reading')}</p>}>
          <InsideFile file={file} />
        </Suspense>
      )}
    </Cell>
  );
}
