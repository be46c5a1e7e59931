/** Save: two files, each with the line that writes it. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { saveCode } from '../../notebook/code';
import { fileNames } from '../../notebook/file-names';
import type { HomeModule } from '../../notebook/statements';
import type { KernelView } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { Choice, type Option } from '../controls/Choice';
import { Code } from '../controls/Code';
import { Rich } from '../i18n/Rich';
import { FileIcon } from '../icons/FileIcon';
import { FileLine } from '../shelf/FileLine';
import { Cell } from './Cell';
import cell from './Cell.module.css';
import styles from './SaveCell.module.css';

const homes: readonly Option<HomeModule>[] = [
  { value: '__main__', label: '__main__' },
  { value: 'train', label: 'train.py' },
];

export function SaveCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const home = useNotebook((s) => s.home);
  const { setHome } = useNotebook((s) => s.actions);
  return (
    <Cell id="save" view={view} title={t('save.title')}>
      <div className={styles.ways}>
        <Way view={view} what="state_dict" title={t('save.stateDict')} text={t('save.stateDictText')} />
        <Way view={view} what="model" title={t('save.model')} text={t('save.modelText')}>
          <Choice legend={<Rich id="save.home" />} options={homes} value={home} onChange={setHome} code />
        </Way>
      </div>
    </Cell>
  );
}

function Way({
  view,
  what,
  title,
  text,
  children,
}: {
  view: KernelView;
  what: 'state_dict' | 'model';
  title: string;
  text: string;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { save } = useNotebook((s) => s.actions);
  const name = fileNames[what];
  const file = view.shelf.find((one) => one.name === name && one.origin === 'saved');
  const best = what === 'state_dict';
  return (
    <div className={styles.way}>
      <FileIcon kind={what} />
      <div className={styles.words}>
        <h3>
          {title} {best && <span className={styles.best}>{t('save.best')}</span>}
        </h3>
        <p className={cell.note}>{text}</p>
        <Code text={saveCode(what, name)} />
        {children}
        {file && <FileLine file={file} />}
      </div>
      <Button
        look={best ? 'primary' : 'plain'}
        aria-label={t('save.saveName', { name })}
        onClick={() => save(what)}
      >
        {t('save.save')}
      </Button>
    </div>
  );
}
