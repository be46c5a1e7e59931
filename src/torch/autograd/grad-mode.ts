/** Whether computations are recorded (c10/core/GradMode.h, c10/core/InferenceMode.h). */

export interface GradState {
  /** `torch.is_grad_enabled()` */
  readonly enabled: boolean;
  /** `torch.is_inference_mode_enabled()`: tensors made now are inference tensors. */
  readonly inference: boolean;
}

const states = {
  no_grad: { enabled: false },
  enable_grad: { enabled: true },
  inference_mode: { enabled: false, inference: true },
} as const;

export type GradBlock = keyof typeof states;

export class GradMode {
  private state: GradState = { enabled: true, inference: false };

  get enabled(): boolean {
    return this.state.enabled;
  }

  get inference(): boolean {
    return this.state.inference;
  }

  /** `with torch.no_grad():` — calling the result leaves the block. */
  enter(block: GradBlock): () => void {
    const before = this.state;
    this.state = { ...before, ...states[block] };
    return () => {
      this.state = before;
    };
  }
}
