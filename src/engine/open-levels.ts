import type { Backend } from './backend';
export function openLevels() {
  return {
    support: async (_level: 'wasm' | 'webgpu') => ({ possible: false, reason: 'soon' as string | null }),
    open: async (
      _level: 'wasm' | 'webgpu',
      _p: (loaded: number, total: number) => void,
    ): Promise<Backend> => {
      throw new Error('soon');
    },
  };
}
