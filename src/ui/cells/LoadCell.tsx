/** Load it back: choose the friend's program, guess, run it, see what happens and why. */

import { lazy, Suspense } from 'react';
import { fileNames } from '../../notebook/file-names';
import type { LoadProgram } from '../../notebook/load-program';
import type { KernelView } from '../../notebook/views';
import { caseOf } from '../../store/load-cases';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { Fold } from '../controls/Fold';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { LoadResult } from '../load/LoadResult';
import { Machines } from '../load/Machines';
import { Predict } from '../load/Predict';
import { ProgramForm } from '../load/ProgramForm';
import { useProgram } from '../load/use-program';
import { UploadButton } from '../shelf/UploadButton';
import { Cell } from './Cell';
import cell from './Cell.module.css';

const PasteError = lazy(() =>
  import('../load/PasteError').then((module) => ({ default: module.PasteError })),
);

export function LoadCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const { load, save, chooseLoad, guess } = useNotebook((s) => s.actions);
  const cases = useNotebook((s) => s.cases);
  const className = useNotebook((s) => s.network.className);
  const program = useProgram(view.shelf, className);
  const known = program && caseOf(cases, program);
  const fileNamed = (name: string) => view.shelf.find((file) => file.name === name);
  const run = (next: LoadProgram) => {
    chooseLoad(next);
    load(next);
  };
  /** Going back to save the state_dict writes that file first. */
  const repair = (next: LoadProgram) => {
    if (next.file === fileNames.state_dict && !fileNamed(next.file)) save('state_dict');
    run(next);
  };
  const open = known !== null && known.load === null && known.guess === null;
  return (
    <Cell
      id="load"
      view={view}
      title={t('load.title')}
      stale={false}
      actions={
        program && (
          <Button look="primary" disabled={open} onClick={() => run(program)}>
            <Icon name="play" />
            {open ? t('load.guessFirst') : known?.load ? t('load.again') : t('load.run')}
          </Button>
        )
      }
    >
      <Fold summary={t('paste.title')}>
        <Suspense fallback={null}>
          <PasteError view={view} />
        </Suspense>
      </Fold>
      {program && known ? (
        <>
          <ProgramForm program={program} files={view.shelf} onChange={chooseLoad} />
          <Machines
            program={program}
            file={fileNamed(program.file)}
            load={known.load}
            onChange={chooseLoad}
          />
          {known.load ? (
            <LoadResult
              load={known.load}
              guess={known.guess}
              file={fileNamed(program.file)}
              onRepair={repair}
            />
          ) : (
            <Predict guess={known.guess} onGuess={(one) => guess(program, one)} onRun={() => run(program)} />
          )}
        </>
      ) : (
        <>
          <p className={cell.note}>{t('load.noFile')}</p>
          <UploadButton />
        </>
      )}
    </Cell>
  );
}
