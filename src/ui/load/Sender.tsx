/** The machine a file was saved on: its project and the line that wrote it. */

import { modulePath, projectTree } from '../../notebook/load-script';
import { ownClass } from '../../notebook/own-class';
import type { ShelfFile } from '../../notebook/views';
import { useTranslation } from '../i18n/use-translation';
import { Machine } from './Machine';
import { Tree } from './Tree';

export function Sender({ file }: { file: ShelfFile }) {
  const { t } = useTranslation();
  const own = ownClass(file);
  const home = own === null || own.module === '__main__' ? null : own.module;
  const lines = (file.code ?? '').split('\n');
  // A file that was written without the model needs none.
  const before = home === null ? ['class Net(nn.Module):', '    ...', ''] : [`from ${home} import Net`, ''];
  const code = file.code?.includes('tudui') ? [...before, 'tudui = Net()', ...lines] : lines;
  const tree = projectTree(home, ['main.py', file.name]);
  const holds = code === lines ? null : home === null ? 'main.py' : modulePath(home).split('/').at(-1);
  return (
    <Machine title={t('load.myMachine')} script="main.py" code={code}>
      <Tree lines={tree} classIn={holds ?? null} />
    </Machine>
  );
}
