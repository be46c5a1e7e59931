/** A whole number with minus and plus beside it. */
import { useTranslation } from '../i18n/use-translation';
import { Icon } from '../icons/Icon';
import { Button } from './Button';
import { NumberField } from './NumberField';
import styles from './Stepper.module.css';

export function Stepper({
  label,
  hideLabel = false,
  value,
  min,
  max,
  onChange,
}: {
  label: string;
  hideLabel?: boolean;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}) {
  const { t } = useTranslation();
  const set = (next: number) => {
    if (next >= min && next <= max) onChange(next);
  };
  return (
    <fieldset className={styles.stepper} aria-label={label}>
      {!hideLabel && <span aria-hidden="true">{label}</span>}
      <Button
        look="square"
        aria-label={t('stepper.less', { label })}
        disabled={value <= min}
        onClick={() => set(value - 1)}
      >
        <Icon name="minus" />
      </Button>
      <NumberField label={label} hideLabel value={value} integer min={min} max={max} onChange={set} />
      <Button
        look="square"
        aria-label={t('stepper.more', { label })}
        disabled={value >= max}
        onClick={() => set(value + 1)}
      >
        <Icon name="plus" />
      </Button>
    </fieldset>
  );
}
