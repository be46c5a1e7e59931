/** Where the script that runs has its class from: itself, an import, or nowhere. */
import { moduleFault, withClass, withImport } from '../../notebook/project-edits';
import { Choice } from '../controls/Choice';
import { NameField } from '../controls/NameField';
import { useTranslation } from '../i18n/use-translation';
import { ClassName } from './ClassFields';
import type { FileChange } from './FileForm';

const FIRST = 'train';

type Source = 'here' | 'import' | 'none';

export function ScriptFields({ project, file, mine, onChange }: FileChange & { mine: boolean }) {
  const { t } = useTranslation();
  const { takes, className } = project;
  const plain = { className, layers: 'same', forward: 'same' } as const;
  const source: Source = takes === '__main__' ? 'here' : takes === null ? 'none' : 'import';
  const sources: readonly Source[] = mine ? ['here', 'import'] : ['here', 'import', 'none'];
  const choose = (next: Source) => {
    if (next === 'here') onChange(withClass(project, file.path, plain));
    else onChange(withImport(project, next === 'none' ? null : FIRST));
  };
  const fault = (text: string): string | null => {
    const why = moduleFault(project, text);
    return why && (why === 'form' ? t('save.moduleWrong') : t(`files.fault.${why}`));
  };
  return (
    <>
      <Choice
        legend={<code>class {className}</code>}
        options={sources.map((value) => ({ value, label: t(`files.source.${value}`) }))}
        value={source}
        onChange={choose}
      />
      {source === 'import' && (
        <NameField
          label={t('save.moduleName')}
          value={takes ?? ''}
          faultOf={fault}
          onChange={(module) => onChange(withImport(project, module))}
        />
      )}
      {file.defines && (
        <ClassName
          name={file.defines.className}
          note={mine ? t('files.fresh') : null}
          onChange={(name) =>
            onChange(withClass(project, file.path, { ...plain, ...file.defines, className: name }))
          }
        />
      )}
    </>
  );
}
