/** What a pasted text says went wrong: a family of mistakes, with the names that are its own. */

/** Families of mistakes, by what tells them. */
export type Family =
  /** A global that the restricted unpickler does not know; a module it never lets in; bytes that are no pickle of torch's. */
  | 'weights_only'
  | 'weights_only_blocked'
  | 'weights_only_operand'
  | 'module_missing'
  | 'class_missing'
  /** What `load_state_dict` complains of, by the likely reason. */
  | 'prefix_file'
  | 'prefix_model'
  | 'prefix_other'
  | 'checkpoint_level'
  | 'head_mismatch'
  | 'size_mismatch'
  | 'keys_renamed'
  | 'keys_missing'
  | 'keys_unexpected'
  | 'not_tensors'
  /** Something else where a dict, or a model, should be. */
  | 'not_a_dict'
  | 'dict_as_model'
  | 'checkpoint_as_model'
  | 'assigned'
  | 'no_entry'
  /** Tags of storages. */
  | 'cuda_tag'
  | 'too_few_gpus'
  | 'unknown_tag'
  /** Files that are not whole, or not checkpoints. */
  | 'truncated_zip'
  | 'broken_zip'
  | 'truncated_legacy'
  | 'truncated_pickle'
  | 'empty_file'
  | 'not_a_pickle'
  | 'plain_pickle'
  | 'mmap_legacy'
  | 'no_file'
  | 'torchscript'
  | 'tar'
  | 'older_torch'
  | 'optimizer_groups'
  | 'optimizer_other'
  /** Raised inside torch.load, and nothing more is known of it. */
  | 'load_other';

export interface Mismatch {
  readonly key: string;
  readonly file: readonly number[];
  readonly model: readonly number[];
}

/** Names in the message, each where the family has it. */
export interface Details {
  readonly global?: string;
  readonly module?: string;
  readonly name?: string;
  readonly operand?: string;
  readonly loadKey?: string;
  readonly attribute?: string;
  readonly given?: string;
  readonly entry?: string;
  readonly tag?: string;
  readonly file?: string;
  readonly prefix?: string;
  /** Of `load_state_dict`: its model's class, and the keys it lists. */
  readonly model?: string;
  readonly missing?: readonly string[];
  readonly unexpected?: readonly string[];
  readonly mismatch?: readonly Mismatch[];
}

export interface Recognised {
  readonly family: Family;
  /** The exception as the text names it: `RuntimeError`; `null` where it stands without. */
  readonly type: string | null;
  readonly details: Details;
  /** The message as it was pasted, cleaned, at most some lines of it. */
  readonly excerpt: string;
}
