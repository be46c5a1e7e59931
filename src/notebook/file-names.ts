/** Names of the files the save lab writes; the first two are the tutorial's. */
import type { Saved } from './statements';

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
