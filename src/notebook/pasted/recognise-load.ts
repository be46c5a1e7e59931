/** The same reading of what the load lab shows, so that both can be compared. */
import type { LoadView } from '../views';
import { recognise } from './recognise';
import type { Recognised } from './recognised';

/** `null` where nothing was raised, or nothing of loading. */
export function recogniseLoad({ code, traceback }: Pick<LoadView, 'code' | 'traceback'>): Recognised | null {
  if (traceback.length === 0) return null;
  return recognise([...code, ...traceback.map(({ text }) => text)].join('\n'));
}
