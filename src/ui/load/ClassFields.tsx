/** What a file defines: nothing, or the class, under a name and with layers of its own. */
import type { FriendLayers, Project, ProjectClass } from '../../notebook/project';
import { isClassName } from '../../notebook/project-edits';
import { Choice } from '../controls/Choice';
import { NameField } from '../controls/NameField';
import { useTranslation } from '../i18n/use-translation';

const layers: readonly FriendLayers[] = ['same', 'wider', 'renamed', 'deeper', 'leaner', 'head'];

export function ClassFields({
  project,
  defines,
  mine,
  onChange,
}: {
  project: Project;
  defines: ProjectClass | null;
  mine: boolean;
  onChange: (defines: ProjectClass | null) => void;
}) {
  const { t } = useTranslation();
  const plain: ProjectClass = { className: project.className, layers: 'same', forward: 'same' };
  return (
    <>
      <Choice
        legend={t('files.holds')}
        options={[
          { value: 'class', label: <code>class {defines?.className ?? plain.className}</code> },
          { value: 'nothing', label: t('files.nothing') },
        ]}
        value={defines ? 'class' : 'nothing'}
        onChange={(value) => onChange(value === 'class' ? plain : null)}
      />
      {defines && (
        <ClassName
          name={defines.className}
          note={mine ? t('files.fresh') : null}
          onChange={(className) => onChange({ ...defines, className })}
        />
      )}
      {defines && !mine && (
        <Choice
          legend={t('files.layers')}
          options={layers.map((value) => ({ value, label: t(`load.${value}`) }))}
          value={defines.layers}
          onChange={(value) => onChange({ ...defines, layers: value })}
        />
      )}
    </>
  );
}

export function ClassName({
  name,
  note,
  onChange,
}: {
  name: string;
  /** What another name brings with it. */
  note: string | null;
  onChange: (name: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <div>
      <NameField
        label={t('load.className')}
        value={name}
        faultOf={(text) => (isClassName(text) ? null : t('files.fault.class'))}
        onChange={onChange}
      />
      {note && <p>{note}</p>}
    </div>
  );
}
