/** An error from one's own terminal: pasted, recognised, made again on this network, and both side by side. */
import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import {
  type Obstacle,
  type Recognised,
  type Reproduction,
  recognise,
  reproduction,
} from '../../notebook/pasted';
import type { KernelView } from '../../notebook/views';
import { useNotebook } from '../../store/notebook';
import { Button } from '../controls/Button';
import { useTranslation } from '../i18n/use-translation';
import { PastedCase } from './PastedCase';
import styles from './PasteError.module.css';

/** Characters a browser's own paste takes long for: it edits line by line, to undo it later. */
const LONG = 20_000;

export interface Answer {
  /** `null` for a text that reports no error of loading. */
  readonly found: Recognised | null;
  readonly then: Reproduction | Obstacle;
}

export function PasteError({ view }: { view: KernelView }) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const { reproduce } = useNotebook((s) => s.actions);
  const className = useNotebook((s) => s.network.className);
  const [answer, setAnswer] = useState<Answer | null>(null);

  const read = () => {
    const text = field.current?.value ?? '';
    if (text.trim() === '') return setAnswer(null);
    const found = recognise(text);
    const uploads = view.shelf.flatMap(({ name, origin }) => (origin === 'uploaded' ? [name] : []));
    const ground = { className, steps: view.training.step, taken: new Set(uploads) };
    const then = found ? reproduction(found, ground) : 'not_here';
    setAnswer({ found, then });
    if (typeof then !== 'string') reproduce(then);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    // It would run the cell.
    event.stopPropagation();
    event.preventDefault();
    read();
  };

  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const { currentTarget: area, clipboardData } = event;
    const text = clipboardData.getData('text/plain');
    if (text.length > LONG) {
      event.preventDefault();
      area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
    }
    // The text is in the field only after this event.
    setTimeout(read);
  };

  return (
    <div className={styles.paste}>
      <label className={styles.label} htmlFor={id}>
        {t('paste.label')}
      </label>
      {/* What is pasted stays the field's own: a megabyte is not drawn anew for every letter. */}
      <textarea
        ref={field}
        id={id}
        className={styles.field}
        rows={4}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        placeholder={"AttributeError: Can't get attribute 'Net' on <module '__main__'>"}
        onKeyDown={press}
        onPaste={paste}
      />
      <Button className={styles.find} onClick={read}>
        {t('paste.find')}
      </Button>
      <div role="status">{answer && <PastedCase answer={answer} />}</div>
    </div>
  );
}
