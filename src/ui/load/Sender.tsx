/** The machine a file was saved on: its project decides what a whole model names, the next time it is saved. */

import { fileNames } from '../../notebook/file-names';
import { ownClass } from '../../notebook/own-class';
import { senderError, senderLayout } from '../../notebook/sender';
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
  const lines = (file.code ?? '').split('\n');
  // A file that was written without the model needs none.
  const code = file.code?.includes('tudui') ? [...head, '', `tudui = ${className}()`, ...lines] : lines;
  return (
    <ProjectMachine
      title={t('load.myMachine')}
      layout={layout}
      onChange={arrangeSender}
      script="main.py"
      mine
      beside={[file.name]}
      code={code}
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
