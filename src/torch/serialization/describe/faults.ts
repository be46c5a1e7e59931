/** What is told of a pickle that does not end well. */

import { limits } from '../refusal';
import type { Ended } from './steps';
import type { FileFault } from './types';

export function limitFault(limit: keyof typeof limits): FileFault {
  return { id: 'limit', params: { limit, bound: limits[limit] } };
}

export function faultOf({ ending, reason, at }: Ended): FileFault | null {
  if (ending === 'limit') return limitFault(reason as keyof typeof limits);
  return ending === 'fault' ? { id: 'pickle', params: { position: at, message: reason ?? '' } } : null;
}
