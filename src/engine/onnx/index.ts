/** Graphs as ONNX models. */
export { flatModel, flatNames } from './flat-model';
export { scanModel, scanNames } from './scan-model';
