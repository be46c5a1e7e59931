/** What is chosen seldom: slips of the pen, wrappers, the allow-list, versions and devices of the friend's machine. */
import { type LoadProgram, normalized, plainProgram, type Recipe } from '../../notebook/load-program';
import type { ShelfFile } from '../../notebook/views';
import { Choice, type Option } from '../controls/Choice';
import { Fold } from '../controls/Fold';
import { useTranslation } from '../i18n/use-translation';
import type { ProgramChange } from './ProgramForm';
import styles from './ProgramForm.module.css';

const RENAMED = 'MyNet';
const rare = [
  'className',
  'forward',
  'wrap',
  'safeGlobals',
  'mmap',
  'entry',
  'strip',
  'alias',
  'evaluates',
  'python',
  'torch',
  'cuda',
] as const satisfies readonly (keyof LoadProgram)[];

type Slip = Exclude<Recipe, 'model'> | 'no_eval';

export function RareChoices({ program, set, file }: ProgramChange & { file: ShelfFile | undefined }) {
  const { t } = useTranslation();
  const changed = changedCount(program);
  const yesNo = (yes: Option<string>['label'], no: Option<string>['label']) => [
    { value: 'no', label: no },
    { value: 'yes', label: yes },
  ];
  const usual = t('load.default');
  return (
    <Fold summary={changed === 0 ? t('load.more') : t('load.moreChanged', { count: changed })}>
      <div className={styles.form}>
        <Choice<Slip>
          legend={t('load.slip')}
          options={slips(program).map((value) => ({ value, label: t(`load.slips.${value}`) }))}
          value={slipOf(program)}
          onChange={(slip) => set(slipChange(program, slip))}
        />
        <Choice
          legend={t('load.forward')}
          options={yesNo(t('load.otherForward'), t('load.same'))}
          value={program.forward === 'other' ? 'yes' : 'no'}
          onChange={(yes) => set({ forward: yes === 'yes' ? 'other' : 'same' })}
        />
        <Choice
          legend={t('load.className')}
          code
          options={[...new Set(['Net', RENAMED, program.className])].map((name) => ({
            value: name,
            label: name,
          }))}
          value={program.className}
          onChange={(className) => set({ className })}
        />
        {program.how !== 'model' && <DictChoices program={program} set={set} file={file} />}
        <AllowList program={program} set={set} file={file} />
        <Choice
          legend={<code>mmap</code>}
          options={yesNo(<code>True</code>, usual)}
          value={program.mmap ? 'yes' : 'no'}
          onChange={(yes) => set({ mmap: yes === 'yes' })}
        />
        <Choice
          legend="PyTorch"
          options={(['2.13', '2.5', '2.3'] as const).map((value) => ({ value, label: value }))}
          value={program.torch}
          onChange={(torch) => set({ torch })}
        />
        <Choice
          legend="Python"
          options={(['3.11', '3.14'] as const).map((value) => ({ value, label: value }))}
          value={program.python}
          onChange={(python) => set({ python })}
        />
        <Choice
          legend={t('load.gpu')}
          options={yesNo(<code>cuda:0</code>, t('load.noGpu'))}
          value={program.cuda ? 'yes' : 'no'}
          onChange={(yes) => set({ cuda: yes === 'yes' })}
        />
      </div>
    </Fold>
  );
}

/** The model and the dict on their way to each other. */
function DictChoices({ program, set, file }: ProgramChange & { file: ShelfFile | undefined }) {
  const { t } = useTranslation();
  const none = t('load.asIs');
  return (
    <>
      <Choice
        legend={t('load.wrap')}
        code
        options={[
          { value: 'none', label: none },
          { value: 'DataParallel', label: 'nn.DataParallel' },
          { value: 'compile', label: 'torch.compile' },
        ]}
        value={program.wrap}
        onChange={(wrap) => set({ wrap })}
      />
      <Choice
        legend={t('load.strip')}
        code
        options={[
          { value: '', label: none },
          { value: 'module.', label: 'module.' },
          { value: '_orig_mod.', label: '_orig_mod.' },
        ]}
        value={program.strip ?? ''}
        onChange={(strip) => set({ strip: strip === '' ? null : strip })}
      />
      {(file?.verdict.id === 'checkpoint' || program.entry !== null) && (
        <Choice
          legend={t('load.entry')}
          code
          options={[
            { value: '', label: t('load.wholeDict') },
            { value: 'model_state_dict', label: "ckpt['model_state_dict']" },
            { value: 'state_dict', label: "ckpt['state_dict']" },
          ]}
          value={program.entry ?? ''}
          onChange={(entry) => set({ entry: entry === '' ? null : entry })}
        />
      )}
    </>
  );
}

function AllowList({ program, set, file }: ProgramChange & { file: ShelfFile | undefined }) {
  const { t } = useTranslation();
  const { safeGlobals, className } = program;
  const all = file?.layersToAllow ? [className, ...file.layersToAllow] : null;
  const options = [
    { value: 'none', label: t('load.allowNone') },
    { value: 'one', label: <code>{`[${className}]`}</code> },
    ...(all ? [{ value: 'all', label: t('load.allowAll', { count: all.length }) }] : []),
  ];
  return (
    <Choice
      legend={<code>add_safe_globals</code>}
      options={options}
      value={safeGlobals.length === 0 ? 'none' : safeGlobals.length === 1 ? 'one' : 'all'}
      onChange={(value) =>
        set({ safeGlobals: value === 'none' ? [] : value === 'one' || !all ? [className] : all })
      }
    />
  );
}

function slips({ how }: LoadProgram): readonly Slip[] {
  return how === 'model'
    ? ['state_dict', 'no_eval']
    : ['state_dict', 'forgotten', 'path', 'assigned', 'no_eval'];
}

function slipOf({ how, evaluates }: LoadProgram): Slip {
  if (!evaluates) return 'no_eval';
  return how === 'model' ? 'state_dict' : how;
}

function slipChange({ how }: LoadProgram, slip: Slip): Partial<LoadProgram> {
  if (slip === 'no_eval') return { evaluates: false, how: how === 'model' ? how : 'state_dict' };
  return { evaluates: true, how: how === 'model' ? how : slip };
}

function changedCount(program: LoadProgram): number {
  const now = normalized(program);
  const plain: Pick<LoadProgram, (typeof rare)[number]> = { ...plainProgram, className: 'Net' };
  const slip = now.how === 'state_dict' || now.how === 'model' ? 0 : 1;
  return slip + rare.filter((key) => JSON.stringify(now[key]) !== JSON.stringify(plain[key])).length;
}
