/** Opcodes by their number, read in blocks as they come on the screen. */
import { useCallback, useMemo } from 'react';
import type { ShelfFile } from '../../notebook/views';
import type { OpcodeRow } from '../../notebook/views/inspection';
import { useNotebook } from '../../store/notebook';
import { useLookedAt } from './use-looked-at';

const BLOCK = 64;

interface Block {
  readonly block: number;
  readonly rows: readonly OpcodeRow[];
}

export interface Opcodes {
  of(index: number): OpcodeRow | undefined;
  look(indices: readonly number[]): void;
}

export function useOpcodes({ name, version }: ShelfFile, pickle: number): Opcodes {
  const { inspect } = useNotebook((s) => s.actions);
  const ask = useCallback(
    (blocks: readonly number[]) =>
      Promise.all(
        blocks.map(async (block): Promise<Block> => {
          const range = { from: block * BLOCK, count: BLOCK };
          return { block, rows: (await inspect('opcodes', { file: name, pickle, ...range })) ?? [] };
        }),
      ),
    [inspect, name, pickle],
  );
  const blocks = useLookedAt(`${version} ${pickle} ${name}`, ask, blockOf);
  const { of, look } = blocks;
  return useMemo(
    () => ({
      of: (index) => of(Math.floor(index / BLOCK))?.rows[index % BLOCK],
      look: (indices) => look([...new Set(indices.map((index) => Math.floor(index / BLOCK)))]),
    }),
    [of, look],
  );
}

const blockOf = ({ block }: Block) => block;
