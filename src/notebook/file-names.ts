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
