/** Levels 2 and 3, each loaded when it is asked for. */
import type { Backend } from './backend';
import { OrtBackend, type OrtLevel, OrtWorkers, type Support, support } from './ort';

export interface Levels {
  /** Whether this browser could have the level at all; loads nothing. */
  support(level: OrtLevel): Promise<Support>;
  /**
   * Loads the level and checks it against the reference. Rejects with what stood in the way. `onCompiling` hears when a
   * run has to wait for a graph to be compiled, and when it has been.
   */
  open(
    level: OrtLevel,
    onProgress: (loaded: number, total: number) => void,
    onCompiling?: (compiling: boolean) => void,
  ): Promise<Backend>;
}

export function openLevels(): Levels {
  const workers = new OrtWorkers();
  return {
    support: async (level) => support(level),
    async open(level, onProgress, onCompiling) {
      const backend = new OrtBackend(level, workers, onProgress, onCompiling);
      await backend.open();
      return backend;
    },
  };
}
