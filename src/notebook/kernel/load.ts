import type { LoadProgram } from '../load-program';
import type { LoadView } from '../views';
import type { Session } from './session';
import type { Shelf } from './shelf';
export async function runLoad(_s: Session, _h: Shelf, _p: LoadProgram): Promise<LoadView | null> {
  return null;
}
