/**
 * UTF-8 as CPython's `surrogatepass` codec reads and writes it: pickles may carry lone surrogates.
 * Error positions and words are those of Objects/unicodeobject.c.
 */
import { PythonError } from '../errors';

export function encodeUtf8(text: string): Uint8Array {
  // Three bytes for each of JavaScript's units is the most there can be.
  const out = new Uint8Array(text.length * 3);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number;
    if (code < 0x80) out[at++] = code;
    else {
      if (code < 0x800) out[at++] = 0xc0 | (code >> 6);
      else {
        if (code < 0x10000) out[at++] = 0xe0 | (code >> 12);
        else {
          out[at++] = 0xf0 | (code >> 18);
          out[at++] = 0x80 | ((code >> 12) & 0x3f);
          i++;
        }
        out[at++] = 0x80 | ((code >> 6) & 0x3f);
      }
      out[at++] = 0x80 | (code & 0x3f);
    }
  }
  return out.slice(0, at);
}

/** Bytes a lead byte announces; 0 for a byte that can start nothing. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** The second byte is narrower after some lead bytes: no overlong forms, nothing above U+10FFFF. */
function isContinuation(lead: number, index: number, byte: number): boolean {
  if (index === 1) {
    if (lead === 0xe0) return byte >= 0xa0 && byte < 0xc0;
    if (lead === 0xf0) return byte >= 0x90 && byte < 0xc0;
    if (lead === 0xf4) return byte >= 0x80 && byte < 0x90;
  }
  return byte >= 0x80 && byte < 0xc0;
}

/** Raises UnicodeDecodeError for anything but UTF-8; surrogates pass when `surrogatepass` is set. */
export function decodeUtf8(bytes: Uint8Array, surrogatepass = true): string {
  const parts: string[] = [];
  let units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i];
    const length = sequenceLength(lead);
    if (length === 0) throw cannotDecode(bytes, i, 1, 'invalid start byte');
    let code = length === 1 ? lead : lead & (0x7f >> length);
    for (let k = 1; k < length; k++) {
      if (i + k >= bytes.length) throw cannotDecode(bytes, i, k, 'unexpected end of data');
      const byte = bytes[i + k];
      const surrogate = lead === 0xed && k === 1 && byte >= 0xa0;
      if (!isContinuation(lead, k, byte) || (surrogate && !surrogatepass)) {
        throw cannotDecode(bytes, i, k, 'invalid continuation byte');
      }
      code = (code << 6) | (byte & 0x3f);
    }
    if (code >= 0x10000) units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
    else units.push(code);
    i += length;
    if (units.length > 8192) {
      parts.push(String.fromCharCode(...units));
      units = [];
    }
  }
  parts.push(String.fromCharCode(...units));
  return parts.join('');
}

function cannotDecode(bytes: Uint8Array, start: number, length: number, reason: string): PythonError {
  const where =
    length === 1
      ? `byte 0x${bytes[start].toString(16).padStart(2, '0')} in position ${start}`
      : `bytes in position ${start}-${start + length - 1}`;
  return new PythonError('UnicodeDecodeError', `'utf-8' codec can't decode ${where}: ${reason}`);
}

/** UTF-8 where it is, each byte as one character where it is not: for showing. */
export function readableUtf8(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch {
    return latin1(bytes);
  }
}

/** Each byte as one character, for names and headers that are not text. */
export function latin1(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += String.fromCharCode(byte);
  return out;
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
