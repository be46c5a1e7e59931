/**
 * What `torch.load` makes of an UnpicklingError under `weights_only=True` (torch/serialization.py, `_get_wo_message`).
 * PyTorch prints the warning words in bold; the terminal codes for that are left out here.
 */
import { PythonError } from '../errors';

export const unsafeMessage =
  'In PyTorch 2.6, we changed the default value of the `weights_only` argument in `torch.load` from `False` to `True`. ' +
  'Re-running `torch.load` with `weights_only` set to `False` will likely succeed, but it can result in arbitrary code ' +
  'execution. Do it only if you got the file from a trusted source.';

const documentation =
  '\n\nCheck the documentation of torch.load to learn more about types accepted by default with weights_only ' +
  'https://pytorch.org/docs/stable/generated/torch.load.html.';

/** The long text around the unpickler's short one; other exceptions pass as they are. */
export function explain(error: unknown): unknown {
  if (!(error instanceof PythonError) || error.type !== 'UnpicklingError') return error;
  return new PythonError('UnpicklingError', longText(error.message));
}

function longText(message: string): string {
  // Python's \S does not match the lone CR of a mangled name either, so such names fall through to the last form.
  if (/GLOBAL (\S+) was not an allowed global by default\./.test(message)) {
    return (
      'Weights only load failed. This file can still be loaded, to do so you have two options, ' +
      `do those steps only if you trust the source of the checkpoint. \n\t(1) ${unsafeMessage}` +
      '\n\t(2) Alternatively, to load with `weights_only=True` please check the recommended steps in the following ' +
      `error message.\n\tWeightsUnpickler error: ${message}${documentation}`
    );
  }
  if (/(\S+) must be (\S+) to load/.test(message))
    return `Weights only load failed. ${message}\n ${unsafeMessage}\n`;
  const request = /whose module (\S+) is blocked/.test(message)
    ? ''
    : 'Please file an issue with the following so that we can make `weights_only=True` compatible with your use case: ' +
      'WeightsUnpickler error: ';
  return `Weights only load failed. ${unsafeMessage}\n${request}\n\n${message}${documentation}`;
}
