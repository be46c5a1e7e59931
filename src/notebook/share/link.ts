/**
 * A notebook in a link: `#/n/m1.<payload>`, the payload being base64url of
 * crc32 (4 bytes, big-endian) and deflate-raw of the JSON. The checksum tells a cut link from a foreign one.
 */
import * as v from 'valibot';
import { crc32 } from '../../torch/serialization/zip/crc32';
import type { NotebookState } from '../document';
import { NotebookSchema } from '../document-schema';
import { fromBase64Url, toBase64Url } from './base64url';
import { deflate, inflate } from './deflate';

const VERSION = 'm1';
/** A notebook is about 1 kB; more than this is not one of ours. */
const MAX_INFLATED = 64 * 1024;
/** What an address bar and most chat tools carry whole, with much to spare. */
const MAX_LINK = 32 * 1024;

/** Why a link opens nothing. */
export type LinkFault =
  /** Its end is missing, or letters changed on the way. */
  | 'cut'
  /** Not a Matchbook link at all. */
  | 'foreign'
  /** Made by another version. */
  | 'version'
  /** Whole, but it says what no notebook can. */
  | 'invalid';

export type OpenedLink = { readonly notebook: NotebookState } | { readonly fault: LinkFault };

/** The fragment's last part: `m1.` and the payload. */
export async function writeLink(notebook: NotebookState): Promise<string> {
  const body = await deflate(new TextEncoder().encode(JSON.stringify(compact(notebook))));
  const bytes = new Uint8Array(4 + body.length);
  new DataView(bytes.buffer).setUint32(0, crc32(body));
  bytes.set(body, 4);
  return `${VERSION}.${toBase64Url(bytes)}`;
}

/** Opens what `writeLink` wrote; anything else is named, never thrown. */
export async function readLink(text: string): Promise<OpenedLink> {
  const [version, payload, ...rest] = text.split('.');
  if (!/^m\d+$/.test(version)) return { fault: 'foreign' };
  if (version !== VERSION) return { fault: 'version' };
  if (payload === undefined) return { fault: 'cut' };
  if (rest.length > 0 || text.length > MAX_LINK) return { fault: 'foreign' };
  const bytes = fromBase64Url(payload);
  if (!bytes || bytes.length < 5) return { fault: 'cut' };
  const body = bytes.subarray(4);
  if (new DataView(bytes.buffer).getUint32(0) !== crc32(body)) return { fault: 'cut' };
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(await inflate(body, MAX_INFLATED)));
    const parsed = v.safeParse(NotebookSchema, expand(json));
    return parsed.success ? { notebook: parsed.output } : { fault: 'invalid' };
  } catch {
    return { fault: 'invalid' };
  }
}

/** Card ids only tell cards apart while they are edited: they are numbered anew on arrival. */
function compact(notebook: NotebookState): unknown {
  const layers = notebook.network.layers.map(({ id: _, ...card }) => card);
  return { ...notebook, network: { ...notebook.network, layers } };
}

function expand(json: unknown): unknown {
  const parsed = v.safeParse(
    v.looseObject({ network: v.looseObject({ layers: v.array(v.looseObject({})) }) }),
    json,
  );
  if (!parsed.success) return json;
  const { network } = parsed.output;
  return {
    ...parsed.output,
    network: { ...network, layers: network.layers.map((card, i) => ({ ...card, id: `c${i}` })) },
  };
}
