/**
 * Graphs and their values as text, for the way between Node and a page: JSON in which a Map is `{ map: [...] }` and a
 * Float32Array `{ float32: base64 of its bytes }`.
 */

export function toWire(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner instanceof Map) return { map: [...inner] };
    return inner instanceof Float32Array ? { float32: base64(inner) } : inner;
  });
}

export function fromWire<T>(text: string): T {
  return JSON.parse(text, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null) return inner;
    if (Object.hasOwn(inner, 'map')) return new Map((inner as { map: [string, unknown][] }).map);
    return Object.hasOwn(inner, 'float32') ? floats((inner as { float32: string }).float32) : inner;
  }) as T;
}

function base64(values: Float32Array): string {
  let binary = '';
  for (const byte of new Uint8Array(values.buffer, values.byteOffset, values.byteLength)) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

function floats(text: string): Float32Array {
  return new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
}
