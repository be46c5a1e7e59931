/** The friend's program that loads a file: the choices of the load lab, and nothing a choice cannot say. */

/** Where `class Net` is on the loading machine. */
export type ClassHome =
  /** `class Net` in the script that loads. */
  | 'main'
  /** nowhere */
  | 'missing'
  /** `train.py` beside the script, `from train import Net`. */
  | 'train'
  /** `src/train.py`, `from src.train import Net`. */
  | 'src.train';

export interface LoadProgram {
  readonly file: string;
  /** `model = Net(); model.load_state_dict(torch.load(file))`, or `model = torch.load(file)`. */
  readonly how: 'state_dict' | 'model';
  readonly classHome: ClassHome;
  /** The friend's `Net`: as saved, or its first hidden layer twice as wide. */
  readonly layers: 'same' | 'wider';
  /** `default` leaves the argument out. */
  readonly weightsOnly: 'default' | 'False';
  readonly strict: boolean;
  /** `default` leaves the argument out; the friend's machine has no CUDA. */
  readonly mapLocation: 'default' | 'cpu';
}
