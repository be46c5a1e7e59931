/** The machines and lines a page has to open on. */
import type { Throttle } from '../browser/tab';

/** A school's laptop on a home line. */
export const laptop: Throttle = { cpu: 6, network: { megabits: 10, roundTrip: 40 } };
/** The same on a phone's line, as Lighthouse has it. */
export const slowLine: Throttle = { cpu: 6, network: { megabits: 1.6, roundTrip: 150 } };
export const asItIs: Throttle = { cpu: 1, network: null };
