/** The head of a column: what is different there, in a word or two, and in code. */
import type { TFunction } from 'i18next';
import type { LoadProgram } from '../../notebook/load-program';
import { quoted } from '../../notebook/load-script';
import type { Column, ColumnId } from '../../notebook/load-table';
import { modulePath } from '../../notebook/project';
import { useTranslation } from '../i18n/use-translation';

const codes: Readonly<Record<ColumnId, string>> = {
  same: '',
  missing: '',
  moved: 'src/train.py',
  wider: '×2',
  forward: '',
  renamed: 'strict=False',
  cpu: 'map_location',
  defaults: 'weights_only',
};

export function useColumnWords(): (column: Column) => { name: string; code: string } {
  const { t } = useTranslation();
  return ({ id, change }) =>
    id === null
      ? { name: t('cases.own'), code: describe(t, change) }
      : { name: t(`cases.column.${id}`), code: codes[id] };
}

/** Every change in PyTorch's own words where it has some. */
function describe(t: TFunction, change: Partial<LoadProgram>): string {
  const say: { [K in keyof LoadProgram]?: (value: LoadProgram[K]) => string } = {
    how: (how) => t(how === 'state_dict' || how === 'model' ? `cases.how.${how}` : `load.slips.${how}`),
    classHome: (home) => {
      if (home === null) return t('load.home.missing');
      if (home === '__main__') return 'load.py';
      return change.classIn === 'none' ? `import ${home}` : modulePath(home);
    },
    script: (path) => path,
    classIn: (place) => (place === 'none' && change.classHome === undefined ? t('load.home.missing') : ''),
    others: (files) => files.map(({ path }) => path).join(', '),
    className: (name) => `class ${name}`,
    layers: (layers) => t(`load.${layers}`),
    forward: (forward) => t(forward === 'other' ? 'load.otherForward' : 'load.same'),
    wrap: (wrap) => ({ none: t('load.asIs'), DataParallel: 'DataParallel', compile: 'torch.compile' })[wrap],
    weightsOnly: (value) => (value === 'default' ? 'weights_only' : 'weights_only=False'),
    safeGlobals: (names) => (names.length > 0 ? 'add_safe_globals' : t('load.allowNone')),
    mapLocation: (value) => (value === 'default' ? 'map_location' : `map_location=${value}`),
    mmap: (mmap) => `mmap=${mmap ? 'True' : 'False'}`,
    strict: (strict) => `strict=${strict ? 'True' : 'False'}`,
    entry: (entry) => (entry === null ? t('load.wholeDict') : `ckpt[${quoted(entry)}]`),
    strip: (prefix) => (prefix === null ? t('load.asIs') : `removeprefix(${quoted(prefix)})`),
    alias: (name) => `sys.modules[${quoted(name ?? '')}]`,
    evaluates: (value) => (value ? 'eval()' : t('load.slips.no_eval')),
    python: (version) => `Python ${version}`,
    torch: (version) => `torch ${version}`,
    cuda: (cuda) => (cuda ? 'cuda:0' : t('load.noGpu')),
  };
  const told = <K extends keyof LoadProgram>(key: K): string =>
    change[key] === undefined ? '' : (say[key]?.(change[key] as LoadProgram[K]) ?? '');
  return (Object.keys(change) as (keyof LoadProgram)[]).map(told).filter(Boolean).join(', ');
}
