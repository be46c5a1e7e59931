/** Two machines and what travels between them: the file, which says less than one thinks. */

import type { LoadProgram } from '../../notebook/load-program';
import { loadScript, modulePath } from '../../notebook/load-script';
import { ownClass } from '../../notebook/own-class';
import type { LoadView, ShelfFile } from '../../notebook/views';
import { useTranslation } from '../i18n/use-translation';
import { Outcome } from '../icons/Outcome';
import { Machine } from './Machine';
import styles from './Machines.module.css';
import { Sender } from './Sender';
import { Tree } from './Tree';

export function Machines({
  program,
  file,
  load,
}: {
  program: LoadProgram;
  file: ShelfFile | undefined;
  /** `null` before the program has run. */
  load: LoadView | null;
}) {
  const { t } = useTranslation();
  const { code, tree } = loadScript(program);
  const { classHome, className } = program;
  const stopped = load?.outcome === 'error' || load?.outcome === 'refused' ? load.outcome : null;
  const holds =
    classHome === null
      ? null
      : classHome === '__main__'
        ? 'load.py'
        : modulePath(classHome).split('/').at(-1);
  return (
    <div className={`${styles.machines} ${stopped === 'refused' ? styles.refused : ''}`}>
      {file && file.origin === 'saved' ? (
        <Sender file={file} />
      ) : (
        <Machine title={t('load.otherMachine')} script="" code={[]}>
          <p className={styles.nothing}>{t('load.noSource')}</p>
        </Machine>
      )}
      <div className={styles.carry}>
        {file && <FileSays file={file} />}
        {stopped && (
          <span className={styles.cross}>
            <Outcome outcome={stopped} />
          </span>
        )}
      </div>
      <Machine
        title={t('load.friendMachine')}
        about={t(program.cuda ? 'load.withGpu' : 'load.withoutGpu', {
          python: program.python,
          torch: program.torch,
        })}
        script="load.py"
        code={code}
        failedLine={load?.failedLine ?? null}
      >
        <Tree lines={tree} classIn={holds ?? null} className={className} />
      </Machine>
    </div>
  );
}

function FileSays({ file }: { file: ShelfFile }) {
  const { t } = useTranslation();
  const own = ownClass(file);
  return (
    <div className={styles.tag}>
      <span>{t('load.fileSays')}</span>
      {own === null ? (
        <b>{file.keys.length > 0 ? t('shelf.keys', { count: file.keys.length }) : t('load.names')}</b>
      ) : (
        <>
          <code>GLOBAL</code>
          <b>
            <code>{`${own.module} ${own.name}`}</code>
          </b>
        </>
      )}
      <span className={styles.lacks}>{t(own === null ? 'load.keysOnly' : 'load.noPath')}</span>
    </div>
  );
}
