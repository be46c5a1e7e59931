/** The machine a file was saved on: its project and the line that wrote it. */

import { saveCode } from '../../notebook/code';
import { fileNames } from '../../notebook/file-names';
import { modulePath, projectTree } from '../../notebook/load-script';
import { ownClass } from '../../notebook/own-class';
import type { Saved } from '../../notebook/statements';
import type { ShelfFile } from '../../notebook/views';
import { useTranslation } from '../i18n/use-translation';
import { Machine } from './Machine';
import { Tree } from './Tree';

export function Sender({ file }: { file: ShelfFile }) {
  const { t } = useTranslation();
  const own = ownClass(file);
  const home = own === null || own.module === '__main__' ? null : own.module;
  const code = [
    ...(home === null ? ['class Net(nn.Module):', '    ...', ''] : [`from ${home} import Net`, '']),
    'tudui = Net()',
    ...saveCode(writtenAs(file), file.name).split('\n'),
  ];
  const tree = projectTree(home, ['main.py', file.name]);
  const holds = home === null ? 'main.py' : modulePath(home).split('/').at(-1);
  return (
    <Machine title={t('load.myMachine')} script="main.py" code={code}>
      <Tree lines={tree} classIn={holds ?? null} />
    </Machine>
  );
}

/** The save lab names its files itself. */
function writtenAs({ name, kind }: ShelfFile): Saved {
  const ways = Object.keys(fileNames) as Saved[];
  return ways.find((way) => fileNames[way] === name) ?? (kind === 'model' ? 'model' : 'state_dict');
}
