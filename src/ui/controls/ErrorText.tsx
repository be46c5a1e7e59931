/** A PyTorch exception, word for word. */
import type { ErrorView } from '../../notebook/views';
import styles from './ErrorText.module.css';

export function ErrorText({ error }: { error: ErrorView }) {
  return (
    <pre className={styles.error} role="alert">
      <b>{error.type}</b>
      {error.message === '' ? '' : `: ${error.message}`}
    </pre>
  );
}
