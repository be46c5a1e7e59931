/** What every training loop of a notebook has in common. */

/** Rows the loader gives per training step. */
export const TRAIN_BATCH = 32;
export const MOMENTUM = 0.9;
export const FIRST_LR = 0.1;
