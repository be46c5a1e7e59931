/** Keys of `t` are checked against the English catalogue; a test holds the Chinese one to the same keys. */
import type en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}
