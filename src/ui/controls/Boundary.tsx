/** Keeps a figure that fails, or a chunk that does not arrive, from taking the page with it. */
import { Component, type ReactNode } from 'react';

interface Props {
  /** What stands there instead. */
  readonly instead: ReactNode;
  /** A change of it is another chance. */
  readonly retry: unknown;
  readonly children: ReactNode;
}

interface State {
  readonly failed: boolean;
  readonly retry: unknown;
}

export class Boundary extends Component<Props, State> {
  override state: State = { failed: false, retry: this.props.retry };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ retry }: Props, state: State): State | null {
    return retry === state.retry ? null : { failed: false, retry };
  }

  override render() {
    return this.state.failed ? this.props.instead : this.props.children;
  }
}
