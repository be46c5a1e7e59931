/** Names of the files the save lab writes; the first two are the tutorial's. */
import type { Saved, Written } from './statements';

export const fileNames: Readonly<Record<Saved, string>> = {
  state_dict: 'tudui_parameter.pth',
  model: 'tudui_whole_model.pth',
  checkpoint: 'tudui_checkpoint.pth',
  legacy: 'tudui_legacy.pth',
  parallel: 'tudui_dp.pth',
  compiled: 'tudui_compiled.pth',
  cuda: 'tudui_cuda.pth',
  onnx: 'tudui.onnx',
};

const caseNames: Readonly<Record<Written | 'part', string>> = {
  empty: 'pasted_empty.pth',
  page: 'pasted_page.pth',
  pointer: 'pasted_pointer.pth',
  pickle: 'pasted_pickle.pth',
  part: 'pasted_part.pth',
};

/** A file that a case is made from has a name of its own: what the learner saved stays as it is. */
export function caseFileName(what: Saved | Written | 'part', taken: ReadonlySet<string>): string {
  const name = what in caseNames ? caseNames[what as Written] : saved(what as Saved);
  return taken.has(name) ? copyName(name, taken) : name;
}

function saved(what: Saved): string {
  return fileNames[what].replace('tudui', 'pasted');
}

/** `tudui_parameter_1.pth`: the first such name that is not taken. */
export function copyName(name: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let n = 1; ; n++) {
    const copy = `${stem}_${n}${extension}`;
    if (!names.has(copy)) return copy;
  }
}
