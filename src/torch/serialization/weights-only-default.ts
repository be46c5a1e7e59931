/** What `torch.load` does where `weights_only` is left out, by version of PyTorch. */
import type { Warning } from '../warnings';

/** 2.6 made True the default; 2.4 and 2.5 said that it would; before, nothing was said. */
export type TorchVersion = '2.13' | '2.5' | '2.3';

export function weightsOnlyDefault(version: TorchVersion): boolean {
  return version === '2.13';
}

/** torch/serialization.py of 2.4 and 2.5, `load`; `null` where nothing is said. */
export function weightsOnlyWarning(version: TorchVersion): Warning | null {
  if (version !== '2.5') return null;
  return {
    category: 'FutureWarning',
    message:
      'You are using `torch.load` with `weights_only=False` (the current default value), which uses the default pickle ' +
      'module implicitly. It is possible to construct malicious pickle data which will execute arbitrary code during ' +
      'unpickling (See https://github.com/pytorch/pytorch/blob/main/SECURITY.md#untrusted-models for more details). In a ' +
      'future release, the default value for `weights_only` will be flipped to `True`. This limits the functions that ' +
      'could be executed during unpickling. Arbitrary objects will no longer be allowed to be loaded via this mode unless ' +
      'they are explicitly allowlisted by the user via `torch.serialization.add_safe_globals`. We recommend you start ' +
      "setting `weights_only=True` for any use case where you don't have full control of the loaded file. Please open an " +
      'issue on GitHub for any issues related to this experimental feature.',
  };
}
