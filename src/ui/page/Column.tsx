/** The cells in order. */
import { type Ref, useState } from 'react';
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
import { SwitchCell } from '../cells/SwitchCell';
import { TrainCell } from '../cells/TrainCell';

export function Column({
  view,
  switchRef,
}: {
  view: KernelView | null;
  switchRef: Ref<HTMLFieldSetElement>;
}) {
  const [chosen, setRow] = useState(0);
  if (!view) return <IntroCell />;
  // A smaller batch may not have the row that was chosen.
  const row = Math.min(chosen, Math.max(0, (view.forward?.labels.length ?? 1) - 1));
  return (
    <>
      <IntroCell />
      <NetworkCell view={view} />
      <SwitchCell view={view} row={row} onRow={setRow} switchRef={switchRef} />
      <DropoutCell view={view} row={row} onRow={setRow} />
      <BatchNormCell view={view} />
      <TrainCell view={view} />
      <SaveCell view={view} />
      <InspectCell view={view} />
      <CasesCell view={view} />
      <LoadCell view={view} />
      <LogCell view={view} />
    </>
  );
}
