/** What the part of the address behind `#` opens: a notebook, or the inspector with one file or two side by side. */

export type Place =
  /** `#/` is the first notebook, `#/n/m1.<payload>` the one in the link. */
  | { readonly page: 'notebook'; readonly link: string | null }
  /** `#/inspect`, `#/inspect/a.pth`, `#/inspect/a.pth/b.pth`. */
  | { readonly page: 'inspect'; readonly file: string | null; readonly other: string | null };

export function placeOf(path: string): Place {
  const [first, ...rest] = path.split('/').filter((part) => part !== '');
  if (first === 'inspect') {
    const [file = null, other = null] = rest.map(decoded);
    return { page: 'inspect', file, other };
  }
  // A link's payload has no slash of its own; one that was added makes it another payload.
  return { page: 'notebook', link: first === 'n' ? rest.join('/') : null };
}

export function inspectPath(...files: readonly string[]): string {
  return ['/inspect', ...files.map(encodeURIComponent)].join('/');
}

/** Anyone may type an address. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
