/** Keys of the page: Ctrl+Enter runs the current cell; T and ? may be switched off, for those who speak to their machine. */
import { useEffect } from 'react';
import { type CellId, elementId } from '../cells/cell-ids';

export interface Shortcuts {
  readonly singleKeys: boolean;
  readonly current: CellId;
  readonly onFlip: () => void;
  readonly onHelp: () => void;
}

export function useShortcuts({ singleKeys, current, onFlip, onHelp }: Shortcuts): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        runCell(current);
        return;
      }
      if (!singleKeys || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      // A dialog has the page to itself.
      if (document.querySelector('dialog[open]')) return;
      if (event.key.toLowerCase() === 't') onFlip();
      if (event.key === '?') onHelp();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [singleKeys, current, onFlip, onHelp]);
}

function runCell(id: CellId): void {
  document
    .getElementById(elementId(id))
    ?.querySelector<HTMLButtonElement>('[data-primary]:not([aria-disabled])')
    ?.click();
}

/** Radio buttons and checkboxes take no letters. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
