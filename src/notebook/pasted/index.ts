/** Errors that a learner pastes: which mistake they report, how to make it here, what differs then. */
export { type Difference, differences } from './differences';
export { recognise } from './recognise';
export { recogniseLoad } from './recognise-load';
export type { Family, Recognised } from './recognised';
export { type Ground, type Obstacle, type Reproduction, reproduction } from './reproduce';
