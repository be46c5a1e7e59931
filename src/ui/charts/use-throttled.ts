/** The newest value, at most once per `interval` milliseconds; the last one always arrives. */
import { useEffect, useRef, useState } from 'react';

export function useThrottled<Value>(value: Value, interval: number): Value {
  const [shown, setShown] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + interval - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setShown(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, interval]);
  return shown;
}
