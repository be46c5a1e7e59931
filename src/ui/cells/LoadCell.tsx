/** Load it back: choose the friend's program, run it, see what happens and why. */
import { useTranslation } from 'react-i18next';
import { fileNames } from '../../notebook/file-names';
import type { LoadProgram } from '../../notebook/load-program';
import type { KernelView } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { Icon } from '../icons/Icon';
import { samePrograms } from '../load/first-program';
import { LoadResult } from '../load/LoadResult';
import { ProgramForm } from '../load/ProgramForm';
import { useProgram } from '../load/use-program';
import { UploadButton } from '../shelf/UploadButton';
import { Cell } from './Cell';
import cell from './Cell.module.css';

export function LoadCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const { load, save } = useNotebook((s) => s.actions);
  const [program, choose] = useProgram(view.shelf);
  const fileNamed = (name: string) => view.shelf.find((file) => file.name === name);
  const run = (next: LoadProgram) => {
    choose(next);
    load(next);
  };
  /** Going back to save the state_dict writes that file first. */
  const repair = (next: LoadProgram) => {
    if (next.file === fileNames.state_dict && !fileNamed(next.file)) save('state_dict');
    run(next);
  };
  return (
    <Cell
      id="load"
      view={view}
      title={t('load.title')}
      stale={false}
      actions={
        program && (
          <Button look="primary" onClick={() => run(program)}>
            <Icon name="play" />
            {t('load.run')}
          </Button>
        )
      }
    >
      {program ? (
        <ProgramForm program={program} files={view.shelf} onChange={choose} />
      ) : (
        <>
          <p className={cell.note}>{t('load.noFile')}</p>
          <UploadButton />
        </>
      )}
      {view.load && (
        <LoadResult
          load={view.load}
          file={fileNamed(view.load.program.file)}
          stale={program !== null && !samePrograms(program, view.load.program)}
          onRepair={repair}
        />
      )}
    </Cell>
  );
}
