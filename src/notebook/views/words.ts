/** A sentence the page puts in words: an id of its catalogue, with parameters. */
export interface Words {
  readonly id: string;
  readonly params: Readonly<Record<string, string | number>>;
}
