/** Save: what to write, each with the line that writes it. */
import type { ReactNode } from 'react';
import { epochsDone, saveCode } from '../../notebook/code';
import { fileNames } from '../../notebook/file-names';
import { senderError, senderLayout } from '../../notebook/sender';
import type { Saved } from '../../notebook/statements';
import type { KernelView, ShelfFile } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { Code } from '../controls/Code';
import { ErrorText } from '../controls/ErrorText';
import { Fold } from '../controls/Fold';
import { useTranslation } from '../i18n/use-translation';
import { FileIcon } from '../icons/FileIcon';
import { FileLine } from '../shelf/FileLine';
import { Cell } from './Cell';
import cell from './Cell.module.css';
import { HomeField } from './HomeField';
import styles from './SaveCell.module.css';

export function SaveCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const home = useNotebook((s) => s.home);
  const files = useNotebook((s) => s.senderFiles);
  const { className } = useNotebook((s) => s.network);
  const error = home === '' ? null : senderError(senderLayout(files, home, className));
  const { setHome } = useNotebook((s) => s.actions);
  return (
    <Cell id="save" view={view} title={t('save.title')}>
      <div className={styles.ways}>
        <Way view={view} what="state_dict" title={t('save.stateDict')} text={t('save.stateDictText')} />
        <Way
          view={view}
          what="model"
          title={t('save.model')}
          text={t('save.modelText')}
          disabled={home === '' || error !== null}
        >
          <HomeField home={home} isThere={error === null} onChange={setHome} />
          {error && <ErrorText error={error} />}
        </Way>
        <Way
          view={view}
          what="checkpoint"
          title={t('save.checkpoint')}
          text={view.training.step > 0 ? t('save.checkpointText') : t('save.checkpointFirst')}
          disabled={view.training.step === 0}
        />
      </div>
      <Fold summary={t('save.more')}>
        <div className={styles.ways}>
          <Way view={view} what="parallel" title={t('save.parallel')} text={t('save.parallelText')} />
          <Way view={view} what="compiled" title={t('save.compiled')} text={t('save.compiledText')} />
          <Way view={view} what="cuda" title={t('save.cuda')} text={t('save.cudaText')} />
          <Way view={view} what="onnx" title={t('save.onnx')} text={t('save.onnxText')} />
          <Way view={view} what="legacy" title={t('save.legacy')} text={t('save.legacyText')} />
        </div>
      </Fold>
    </Cell>
  );
}

function Way({
  view,
  what,
  title,
  text,
  disabled = false,
  children,
}: {
  view: KernelView;
  what: Saved;
  title: string;
  text: string;
  disabled?: boolean;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { save } = useNotebook((s) => s.actions);
  const name = fileNames[what];
  const file = view.shelf.find((one) => one.name === name && one.origin === 'saved');
  const best = what === 'state_dict';
  return (
    <div className={styles.way}>
      <FileIcon kind={kindOf(what)} />
      <div className={styles.words}>
        <h3>
          {title} {best && <span className={styles.best}>{t('save.best')}</span>}
        </h3>
        <p className={cell.note}>{text}</p>
        <Code text={saveCode(what, name, epochsDone(view.training.step, view.rows))} />
        {children}
        {file && <FileLine file={file} />}
      </div>
      <Button
        look={best ? 'primary' : 'plain'}
        aria-label={t('save.saveName', { name })}
        disabled={disabled}
        onClick={() => save(what)}
      >
        {t('save.save')}
      </Button>
    </div>
  );
}

function kindOf(what: Saved): ShelfFile['kind'] {
  if (what === 'model') return 'model';
  return what === 'checkpoint' || what === 'legacy' || what === 'onnx' ? 'other' : 'state_dict';
}
