/** Two machines and what travels between them: the file, which says less than one thinks. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { saveCode } from '../../notebook/code';
import type { LoadView, ShelfFile } from '../../notebook/views';
import { Outcome } from '../icons/Outcome';
import styles from './Machines.module.css';
import { Tree } from './Tree';

/** The one name in the file that is the learner's own: `train.Net`. */
export function ownClass(file: ShelfFile): string | null {
  return file.globals.find((name) => !/^(torch|collections|builtins|__builtin__|numpy)\b/.test(name)) ?? null;
}

export function Machines({ load, file }: { load: LoadView; file: ShelfFile | undefined }) {
  const { t } = useTranslation();
  const { classHome } = load.program;
  const fails = load.outcome === 'error';
  return (
    <div className={styles.machines}>
      {file && file.origin === 'saved' ? (
        <Sender file={file} />
      ) : (
        <Machine title={t('load.otherMachine')} script="" code={[]}>
          <p className={styles.nothing}>{t('load.noSource')}</p>
        </Machine>
      )}
      <div className={styles.carry}>
        {file && <FileSays file={file} />}
        {fails && (
          <span className={styles.cross}>
            <Outcome outcome="error" />
          </span>
        )}
      </div>
      <Machine title={t('load.friendMachine')} script="load.py" code={load.code} failedLine={load.failedLine}>
        <Tree
          lines={load.tree}
          classIn={classHome === 'main' ? 'load.py' : classHome === 'missing' ? null : 'train.py'}
        />
      </Machine>
    </div>
  );
}

function Sender({ file }: { file: ShelfFile }) {
  const { t } = useTranslation();
  const inTrain = ownClass(file)?.startsWith('train') ?? false;
  const code = [
    ...(inTrain ? ['from train import Net', ''] : ['class Net(nn.Module):', '    ...', '']),
    'tudui = Net()',
    saveCode(file.kind === 'model' ? 'model' : 'state_dict', file.name),
  ];
  const tree = ['project/', ...(inTrain ? ['  train.py'] : []), '  main.py', `  ${file.name}`];
  return (
    <Machine title={t('load.myMachine')} script="main.py" code={code}>
      <Tree lines={tree} classIn={inTrain ? 'train.py' : 'main.py'} />
    </Machine>
  );
}

function FileSays({ file }: { file: ShelfFile }) {
  const { t } = useTranslation();
  const own = ownClass(file);
  return (
    <div className={styles.tag}>
      <span>{t('load.fileSays')}</span>
      {own === null ? (
        <b>{t('shelf.keys', { count: file.keys.length })}</b>
      ) : (
        <>
          <code>GLOBAL</code>
          <b>
            <code>{own.replace(/\.(?=[^.]*$)/, ' ')}</code>
          </b>
        </>
      )}
      <span className={styles.lacks}>{t(own === null ? 'load.keysOnly' : 'load.noPath')}</span>
    </div>
  );
}

function Machine({
  title,
  script,
  code,
  failedLine = null,
  children,
}: {
  title: string;
  script: string;
  code: readonly string[];
  failedLine?: number | null;
  children: ReactNode;
}) {
  return (
    <section className={styles.machine} aria-label={title}>
      <h3 className={styles.title}>
        <span className={styles.lights} aria-hidden="true">
          ○ ○ ○
        </span>
        {title}
      </h3>
      <div className={styles.files}>{children}</div>
      {code.length > 0 && (
        <div className={styles.script}>
          <code className={styles.name}>{script}</code>
          <pre>
            {code.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line of a script is its number
              <span key={i} className={`${styles.line} ${i === failedLine ? styles.failed : ''}`}>
                {line === '' ? ' ' : line}
              </span>
            ))}
          </pre>
        </div>
      )}
    </section>
  );
}
