/** One file of a project: its path, and what it holds. */
import type { Project, ProjectFile } from '../../notebook/project';
import { folderOf } from '../../notebook/project';
import { fileCode } from '../../notebook/project-code';
import { pathFault, withClass, withMoved } from '../../notebook/project-edits';
import { useNotebook } from '../../store/notebook';
import { Choice } from '../controls/Choice';
import { Code } from '../controls/Code';
import { NameField } from '../controls/NameField';
import { useTranslation } from '../i18n/use-translation';
import { ClassFields } from './ClassFields';
import styles from './FileForm.module.css';
import { ScriptFields } from './ScriptFields';

export interface FileChange {
  readonly project: Project;
  readonly file: ProjectFile;
  readonly onChange: (project: Project) => void;
}

export function FileForm({
  project,
  file,
  mine,
  onChange,
  onMove,
}: FileChange & {
  /** On the learner's own machine: what the class holds is the network's to say. */
  mine: boolean;
  onMove: (project: Project, path: string) => void;
}) {
  const { t } = useTranslation();
  const { path } = file;
  const isScript = path === project.script;
  const name = path.slice(folderOf(path).length);
  const fault = (to: string): string | null => {
    const why = pathFault(project, to, path);
    return why && t(`files.fault.${why}`);
  };
  const move = (to: string) => onMove(withMoved(project, path, to), to);
  const folders = foldersOf(project).filter(
    (folder) => folder === folderOf(path) || pathFault(project, folder + name, path) === null,
  );
  return (
    <section className={styles.form} aria-label={t('files.form', { file: path })}>
      {!isScript && <NameField label={t('files.path')} value={path} faultOf={fault} onChange={move} />}
      <Choice
        legend={t('files.folder')}
        code
        options={folders.map((folder) => ({ value: folder, label: folder || 'project/' }))}
        value={folderOf(path)}
        onChange={(folder) => move(folder + name)}
      />
      {isScript ? (
        <ScriptFields project={project} file={file} mine={mine} onChange={onChange} />
      ) : (
        <ClassFields
          project={project}
          defines={file.defines}
          mine={mine}
          onChange={(defines) => onChange(withClass(project, path, defines))}
        />
      )}
      {!isScript && <FileCode file={file} />}
    </section>
  );
}

function FileCode({ file }: { file: ProjectFile }) {
  const { t } = useTranslation();
  const network = useNotebook((s) => s.network);
  const code = fileCode(network, file);
  return (
    <div className={styles.code}>
      {code === null ? <p>{t('files.empty')}</p> : <Code text={code} label={file.path} />}
    </div>
  );
}

/** Those there are, and the one the tutorial moves to. */
function foldersOf({ files }: Project): string[] {
  return [...new Set(['', 'src/', ...files.map(({ path }) => folderOf(path))])].sort();
}
