/** Load it back: choose the friend's program, run it, see what happens and why. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoadProgram } from '../../notebook/load-program';
import type { KernelView } from '../../notebook/views';
import { fileNames, useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { Icon } from '../icons/Icon';
import { firstProgram, samePrograms } from '../load/first-program';
import { LoadResult } from '../load/LoadResult';
import { ProgramForm } from '../load/ProgramForm';
import { UploadButton } from '../shelf/UploadButton';
import { Cell } from './Cell';
import cell from './Cell.module.css';

export function LoadCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const { load, save } = useNotebook((s) => s.actions);
  const [chosen, setChosen] = useState<LoadProgram | null>(null);
  const fileNamed = (name: string | undefined) => view.shelf.find((file) => file.name === name);
  // A file that left the shelf takes its program with it.
  const newest = view.shelf.at(-1);
  const program = chosen && fileNamed(chosen.file) ? chosen : newest ? firstProgram(newest) : null;
  const run = (next: LoadProgram) => {
    setChosen(next);
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
        <ProgramForm program={program} files={view.shelf} onChange={setChosen} />
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
