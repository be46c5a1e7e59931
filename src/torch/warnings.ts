/** What Python's `warnings.warn` would have written. */
export interface Warning {
  readonly category: 'UserWarning' | 'FutureWarning' | 'SourceChangeWarning';
  readonly message: string;
}

/** Where warnings go; by default nowhere. */
export type Warn = (warning: Warning) => void;

export const silent: Warn = () => {};

export function userWarning(message: string): Warning {
  return { category: 'UserWarning', message };
}
