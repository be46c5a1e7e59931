/** Transfer: what of a state_dict goes into a network with a new head, what is frozen, and what moves all the same. */
import { useState } from 'react';
import type { NetworkSpec } from '../../notebook/network';
import { firstTransfer, newNet, type TransferProgram } from '../../notebook/transfer-program';
import { transferScript } from '../../notebook/transfer-script';
import type { KernelView } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { Code } from '../controls/Code';
import { Fold } from '../controls/Fold';
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { TransferForm } from '../transfer/TransferForm';
import { TransferResult } from '../transfer/TransferResult';
import { Cell } from './Cell';
import cell from './Cell.module.css';

export function TransferCell({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const { transfer } = useNotebook((s) => s.actions);
  const network = useNotebook((s) => s.network);
  const [chosen, choose] = useState<TransferProgram>({ file: '', ...firstTransfer });
  const files = view.shelf.filter(({ kind }) => kind === 'state_dict').map(({ name }) => name);
  const newest = files.at(-1);
  const program = files.includes(chosen.file) ? chosen : { ...chosen, file: newest ?? '' };
  const ready = newest !== undefined && newNet(network) !== null;
  return (
    <Cell
      id="transfer"
      view={view}
      title={t('transfer.title')}
      actions={
        ready && (
          <Button look="primary" onClick={() => transfer(program)}>
            <Icon name="play" />
            {t('transfer.run')}
          </Button>
        )
      }
    >
      {ready ? (
        <>
          <TransferForm program={program} files={files} onChange={choose} />
          <Fold summary={t('transfer.program')}>
            <Program program={program} network={network} seed={view.seed} />
          </Fold>
          {view.transfer && isSame(view.transfer.program, program) && (
            <TransferResult result={view.transfer} />
          )}
        </>
      ) : (
        <p className={cell.note}>{t(newest === undefined ? 'transfer.noFile' : 'transfer.noHead')}</p>
      )}
    </Cell>
  );
}

function Program({
  program,
  network,
  seed,
}: {
  program: TransferProgram;
  network: NetworkSpec;
  seed: number;
}) {
  const { t } = useTranslation();
  return <Code text={transferScript(program, network, seed)} label={t('transfer.program')} />;
}

function isSame(a: TransferProgram, b: TransferProgram): boolean {
  return a.file === b.file && a.pick === b.pick && a.freeze === b.freeze && a.body === b.body;
}
