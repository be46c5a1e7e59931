/** The page's buttons. One primary per cell head: Ctrl+Enter presses it. */
import type { ComponentProps } from 'react';
import styles from './Button.module.css';

type Look = 'primary' | 'plain' | 'quiet' | 'square';

export function Button({
  look = 'plain',
  className = '',
  disabled = false,
  onClick,
  ...rest
}: ComponentProps<'button'> & { look?: Look }) {
  return (
    <button
      type="button"
      className={`${styles.button} ${styles[look]} ${className}`}
      data-primary={look === 'primary' || undefined}
      // Not `disabled`: a button that is disabled while it has focus swallows every key.
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onClick}
      {...rest}
    />
  );
}
