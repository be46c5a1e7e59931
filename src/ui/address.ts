/** What the part of the address behind `#` opens: `#/` is the first notebook, `#/n/m1.<payload>` the one in the link. */

/** The link's last part; `null` where the address has no link. */
export function linkIn(hash: string): string | null {
  const [found, link = ''] = /^#?\/?n(?:\/(.*))?$/.exec(hash) ?? [];
  return found === undefined ? null : link;
}
