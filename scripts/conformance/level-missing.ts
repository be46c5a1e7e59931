/** A level that this machine does not have: what was to be run on it is not run, which is not a failure. */
export class LevelMissing extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'LevelMissing';
  }
}
