/** Python source or output in a well. */
import styles from './Code.module.css';

export function Code({ text, label }: { text: string; label?: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className={styles.code} tabIndex={0} aria-label={label ?? text.split('\n', 1)[0]}>
      <pre>{text}</pre>
    </section>
  );
}
