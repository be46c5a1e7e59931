/** Two machines and what travels between them: the file, which says less than one thinks. */

import type { LoadProgram } from '../../notebook/load-program';
import { loadScript } from '../../notebook/load-script';
import { ownClass } from '../../notebook/own-class';
import { folderOf, type Layout, layoutOf, modulePath, pathOf, projectOf } from '../../notebook/project';
import type { LoadView, ShelfFile } from '../../notebook/views';
import { useTranslation } from '../i18n/use-translation';
import { Outcome } from '../icons/Outcome';
import { Machine } from './Machine';
import styles from './Machines.module.css';
import { ProjectMachine } from './ProjectMachine';
import { Sender } from './Sender';

export function Machines({
  program,
  file,
  load,
  onChange,
}: {
  program: LoadProgram;
  file: ShelfFile | undefined;
  /** `null` before the program has run. */
  load: LoadView | null;
  onChange: (program: LoadProgram) => void;
}) {
  const { t } = useTranslation();
  const { script, python, torch, cuda, className, safeGlobals } = program;
  const stopped = load?.outcome === 'error' || load?.outcome === 'refused' ? load.outcome : null;
  const machine = t(cuda ? 'load.withGpu' : 'load.withoutGpu', { python, torch });
  const looks = folderOf(script) && t('files.looks', { folder: folderOf(script) });
  const arrange = (layout: Layout) => {
    // The allow-list names the class too.
    const named = safeGlobals.map((name) => (name === className ? layout.className : name));
    onChange({ ...program, ...layout, safeGlobals: named });
  };
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
      <ProjectMachine
        title={t('load.friendMachine')}
        about={looks ? `${machine}${t('files.and')}${looks}` : machine}
        layout={layoutOf(projectOf(program), program)}
        onChange={arrange}
        script="load.py"
        beside={[program.file]}
        gone={file ? lookedFor(program, file) : null}
        code={loadScript(program).code}
        failedLine={load?.failedLine ?? null}
      />
    </div>
  );
}

/** Where the class of a whole model would have to be, when no file is there. */
function lookedFor(program: LoadProgram, file: ShelfFile): string | null {
  const own = ownClass(file);
  if (own === null || own.module === '__main__' || program.alias === own.module) return null;
  const project = projectOf(program);
  return pathOf(project, own.module) === null ? folderOf(project.script) + modulePath(own.module) : null;
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
