/** The only door to onnxruntime-web: levels 2 and 3, opened on use. Importing it loads nothing. */
export { OrtError, type OrtErrorCode } from './errors';
export type { OrtLevel } from './local-backend';
export { OrtBackend } from './ort-backend';
export { OrtWorkers } from './ort-workers';
export { type Support, support } from './support';
