/** The cells in order. */
import { memo, type Ref, useState } from 'react';
import type { KernelView } from '../../notebook/views';
import { BatchNormCell } from '../cells/BatchNormCell';
import { CasesCell } from '../cells/CasesCell';
import { DropoutCell } from '../cells/DropoutCell';
import { InspectCell } from '../cells/InspectCell';
import { IntroCell } from '../cells/IntroCell';
import { LoadCell } from '../cells/LoadCell';
import { LogCell } from '../cells/LogCell';
import { NetworkCell } from '../cells/NetworkCell';
import { SaveCell } from '../cells/SaveCell';
import { type RowProps, SwitchCell } from '../cells/SwitchCell';
import { TrainCell } from '../cells/TrainCell';
import { TransferCell } from '../cells/TransferCell';

export const Column = memo(function Column({
  view,
  later,
  switchRef,
}: {
  view: KernelView | null;
  /** The view for everything but the switch; `null` until the switch has been drawn. */
  later: KernelView | null;
  switchRef: Ref<HTMLFieldSetElement>;
}) {
  const [chosen, setRow] = useState(0);
  return (
    <>
      <Intro />
      {view && <Network view={later ?? view} />}
      {view && <SwitchCell view={view} row={rowIn(view, chosen)} onRow={setRow} switchRef={switchRef} />}
      {later && <Below view={later} row={rowIn(later, chosen)} onRow={setRow} />}
    </>
  );
});

const Intro = memo(IntroCell);
const Network = memo(NetworkCell);

const Below = memo(function Below({ view, row, onRow }: RowProps & { view: KernelView }) {
  return (
    <>
      <DropoutCell view={view} row={row} onRow={onRow} />
      <BatchNormCell view={view} />
      <TrainCell view={view} />
      <SaveCell view={view} />
      <InspectCell view={view} />
      <CasesCell view={view} />
      <LoadCell view={view} />
      <TransferCell view={view} />
      <LogCell view={view} />
    </>
  );
});

/** A smaller batch may not have the row that was chosen. */
function rowIn({ forward }: KernelView, chosen: number): number {
  return Math.min(chosen, Math.max(0, (forward?.labels.length ?? 1) - 1));
}
