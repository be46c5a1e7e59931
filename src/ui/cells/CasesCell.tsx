/** Which loads break: every file of the shelf by the programs people meet, filled in as they are run. */

import { columnsOf } from '../../notebook/load-table';
import type { KernelView } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { useTranslation } from '../i18n/use-translation';
import { CaseTable } from '../load/CaseTable';
import { useProgram } from '../load/use-program';
import { goToCell } from '../page/use-current-cell';
import { Cell } from './Cell';
import cell from './Cell.module.css';

export function CasesCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const cases = useNotebook((s) => s.cases);
  const className = useNotebook((s) => s.network.className);
  const { chooseLoad } = useNotebook((s) => s.actions);
  const program = useProgram(view.shelf, className);
  const run = [...cases.values()].filter((one) => one.load !== null).map((one) => one.program);
  return (
    <Cell id="cases" view={view} title={t('cases.title')} stale={false}>
      {program ? (
        <CaseTable
          files={view.shelf}
          columns={columnsOf(view.shelf, run, className)}
          cases={cases}
          selected={program}
          onSelect={(next) => {
            chooseLoad(next);
            goToCell('load');
          }}
        />
      ) : (
        <p className={cell.note}>{t('cases.empty')}</p>
      )}
    </Cell>
  );
}
