/** A machine whose project can be worked on: its files, the one that is open, and a way back. */
import { type ReactNode, useRef, useState } from 'react';
import { type Layout, layoutOf, type Project, projectOf } from '../../notebook/project';
import { hasRoom, newPath, withFile, without } from '../../notebook/project-edits';
import { treeRows } from '../../notebook/project-tree';
import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import { FileForm } from './FileForm';
import styles from './FileForm.module.css';
import { Machine } from './Machine';
import { Tree } from './Tree';
import { useHistory } from './use-history';

export function ProjectMachine({
  title,
  about,
  layout,
  onChange,
  script,
  mine = false,
  beside,
  gone = null,
  code,
  failedLine,
  children,
}: {
  title: string;
  about?: string;
  layout: Layout;
  onChange: (layout: Layout) => void;
  /** Where the script is when nothing was moved. */
  script: string;
  mine?: boolean;
  /** Files that are no Python. */
  beside: readonly string[];
  gone?: string | null;
  /** Of the script. */
  code: readonly string[];
  failedLine: number | null;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [selected, select] = useState<string | null>(null);
  const tools = useRef<HTMLDivElement>(null);
  const history = useHistory(layout, script, onChange);
  const project = projectOf(layout);
  const file = (isOpen && project.files.find(({ path }) => path === selected)) || null;
  const change = (next: Project) => history.change(layoutOf(next, layout));
  const remove = (path: string) => {
    change(without(project, path));
    select(null);
    // The button that had the focus is gone.
    tools.current?.focus();
  };
  const add = () => {
    const path = newPath(project);
    change(withFile(project, path));
    select(path);
    // Its name comes first.
    requestAnimationFrame(() => tools.current?.querySelector('input')?.select());
  };
  return (
    <Machine
      title={title}
      {...(about !== undefined && { about })}
      tool={
        <Button
          look="quiet"
          aria-expanded={isOpen}
          aria-label={t(isOpen ? 'files.doneName' : 'files.changeName', { machine: title })}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'files.done' : 'files.change')}
        </Button>
      }
      script={project.script}
      code={code}
      failedLine={failedLine}
    >
      <Tree
        rows={treeRows(project, beside, gone)}
        selected={selected}
        onSelect={isOpen ? select : undefined}
      />
      {isOpen && (
        <div ref={tools} tabIndex={-1}>
          {file && (
            <FileForm
              project={project}
              file={file}
              mine={mine}
              onChange={change}
              onMove={(next, path) => {
                change(next);
                select(path);
              }}
            />
          )}
          <div className={styles.tools}>
            {file && file.path !== project.script && (
              <Button
                aria-label={t('files.removeName', { file: file.path })}
                onClick={() => remove(file.path)}
              >
                {t('files.remove')}
              </Button>
            )}
            {hasRoom(project) && <Button onClick={add}>{t('files.add')}</Button>}
            <Button disabled={!history.undo} onClick={history.undo ?? undefined}>
              {t('files.undo')}
            </Button>
            <Button disabled={!history.reset} onClick={history.reset ?? undefined}>
              {t('files.reset')}
            </Button>
          </div>
        </div>
      )}
      {children}
    </Machine>
  );
}
