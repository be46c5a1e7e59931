/** A reading that may take long: how far it is, and a way to stop it. It is stopped when what shows it goes away. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Watch } from '../../notebook/kernel/inspect/inspections';

export interface LongRead {
  /** Something is being read. */
  readonly busy: boolean;
  /** Bytes; `null` while nothing has told of them. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** The last one was stopped. */
  readonly stopped: boolean;
  /** Gives what `read` does. One at a time: the one before is stopped. */
  run<T>(read: (watch: Watch) => Promise<T>): Promise<T>;
  stop(): void;
}

export function useLongRead(): LongRead {
  const current = useRef<AbortController | null>(null);
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<LongRead['progress']>(null);
  const [stopped, setStopped] = useState(false);
  const stop = useCallback(() => {
    current.current?.abort();
    setStopped(true);
  }, []);
  useEffect(() => () => current.current?.abort(), []);
  const run = useCallback(async <T>(read: (watch: Watch) => Promise<T>): Promise<T> => {
    current.current?.abort();
    const own = new AbortController();
    current.current = own;
    setBusy(true);
    setStopped(false);
    setProgress(null);
    const onProgress = (done: number, total: number): void => {
      if (current.current === own) setProgress({ done, total });
    };
    try {
      return await read({ signal: own.signal, onProgress });
    } finally {
      if (current.current === own) {
        setBusy(false);
        setProgress(null);
      }
    }
  }, []);
  return useMemo(() => ({ busy, progress, stopped, run, stop }), [busy, progress, stopped, run, stop]);
}
