/** The machine a file was saved on: its project decides what a whole model names, the next time it is saved. */

import { saveCode } from '../../notebook/code';
import { fileNames } from '../../notebook/file-names';
import { ownClass } from '../../notebook/own-class';
import { senderError, senderLayout } from '../../notebook/sender';
import type { Saved } from '../../notebook/statements';
import type { ShelfFile } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { ErrorText } from '../controls/ErrorText';
import { Rich } from '../i18n/Rich';
import { useTranslation } from '../i18n/use-translation';
import styles from './Machines.module.css';
import { ProjectMachine } from './ProjectMachine';

export function Sender({ file }: { file: ShelfFile }) {
  const { t } = useTranslation();
  const { className } = useNotebook((s) => s.network);
  const home = useNotebook((s) => s.home) || '__main__';
  const files = useNotebook((s) => s.senderFiles);
  const { arrangeSender, save } = useNotebook((s) => s.actions);
  const layout = senderLayout(files, home, className);
  const error = senderError(layout);
  const own = ownClass(file);
  const says = own && `${own.module} ${own.name}`;
  const now = `${home} ${className}`;
  const head =
    home === '__main__'
      ? [`class ${className}(nn.Module):`, '    ...']
      : [`from ${home} import ${className}`];
  return (
    <ProjectMachine
      title={t('load.myMachine')}
      layout={layout}
      onChange={arrangeSender}
      script="main.py"
      mine
      beside={[file.name]}
      code={[...head, '', `tudui = ${className}()`, ...saveCode(writtenAs(file), file.name).split('\n')]}
      failedLine={error ? 0 : null}
    >
      {error && (
        <div className={styles.raised}>
          <ErrorText error={error} />
        </div>
      )}
      {!error && says !== null && says !== now && (
        <div className={styles.stale}>
          <p>
            <Rich id="files.stale" values={{ says, now }} />
          </p>
          {file.name === fileNames.model && (
            <Button onClick={() => save('model')}>{t('files.saveAgain')}</Button>
          )}
        </div>
      )}
    </ProjectMachine>
  );
}

/** The save lab names its files itself. */
function writtenAs({ name, kind }: ShelfFile): Saved {
  const ways = Object.keys(fileNames) as Saved[];
  return ways.find((way) => fileNames[way] === name) ?? (kind === 'model' ? 'model' : 'state_dict');
}
