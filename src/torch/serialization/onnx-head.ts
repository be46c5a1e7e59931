/** An ONNX file by its beginning: protocol buffers have no magic number, but a ModelProto has few fields (onnx/onnx.proto). */

/** Wire types of a ModelProto's fields by their number: 0 is a varint, 2 a length and so many bytes. */
const fields: ReadonlyMap<number, number> = new Map([
  [1, 0], // ir_version
  [2, 2], // producer_name
  [3, 2], // producer_version
  [4, 2], // domain
  [5, 0], // model_version
  [6, 2], // doc_string
  [7, 2], // graph
  [8, 2], // opset_import
  [14, 2], // metadata_props
  [20, 2], // training_info
  [25, 2], // functions
]);
const GRAPH = 7;
/** `IR_VERSION` of the first published format. Below it lie other messages that begin with a small number. */
const FIRST_IR_VERSION = 3;
const LAST_IR_VERSION = 99;

/** Whether its fields, as far as `head` goes, are a ModelProto's: the version first, as every exporter writes it. */
export function looksLikeOnnx(head: Uint8Array): boolean {
  if (head[0] !== 0x08 || head[1] < FIRST_IR_VERSION || head[1] > LAST_IR_VERSION) return false;
  let hasGraph = false;
  for (let at = 2; at < head.length; ) {
    const [tag, afterTag] = varint(head, at);
    if (fields.get(tag >>> 3) !== (tag & 7)) return false;
    hasGraph ||= tag >>> 3 === GRAPH;
    const [value, afterValue] = varint(head, afterTag);
    at = (tag & 7) === 0 ? afterValue : afterValue + value;
    // The graph is nearly all of a model: what is cut off in it is one.
    if (at > head.length) return hasGraph;
  }
  return hasGraph;
}

/** The number at `at`, and where it ends; a number that `bytes` cuts off ends beyond them. */
function varint(bytes: Uint8Array, at: number): readonly [value: number, end: number] {
  let value = 0;
  for (let scale = 1; at < bytes.length; scale *= 128) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return [value, at];
  }
  return [value, bytes.length + 1];
}
