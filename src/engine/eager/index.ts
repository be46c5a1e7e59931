/** PyTorch line by line: what a learner's own code calls. */
export { arithmetic, matmul, reduce, unary } from './arithmetic';
export { createEager, type Eager, made } from './eager';
export { callModule } from './modules';
export { backward, step } from './training';
export { flatten, reshape, to, transpose, view } from './views';
