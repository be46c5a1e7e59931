/** A page and the workers it starts, each with a session of its own. */
import type { Pipe } from './pipe';

/** A machine and a line slower than this one. */
export interface Throttle {
  /** Times slower. The protocol slows the page's thread alone, never a worker's. */
  readonly cpu: number;
  readonly network: { readonly megabits: number; readonly roundTrip: number } | null;
}

interface Attached {
  readonly sessionId: string;
  readonly targetInfo: { readonly type: string; readonly url: string };
}

export class Tab {
  private readonly pipe: Pipe;
  private readonly session: string;
  private readonly workerSessions = new Set<string>();
  private throttled: Throttle = { cpu: 1, network: null };

  private constructor(pipe: Pipe, session: string) {
    this.pipe = pipe;
    this.session = session;
  }

  static async open(pipe: Pipe, width: number, height: number): Promise<Tab> {
    const { targetId } = await pipe.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await pipe.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    const tab = new Tab(pipe, sessionId);
    pipe.on<Attached>('Target.attachedToTarget', (attached, parent) => {
      if (parent === sessionId || tab.workerSessions.has(parent ?? '')) void tab.welcome(attached);
    });
    pipe.on<{ sessionId: string }>('Target.detachedFromTarget', (left) => {
      tab.workerSessions.delete(left.sessionId);
    });
    await tab.send('Page.enable');
    await tab.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await tab.attachWorkersOf(sessionId);
    return tab;
  }

  send<Result = unknown>(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Result> {
    return this.pipe.send<Result>(method, params, this.session);
  }

  /** In the page's own session and in each of its workers'. */
  async everywhere<Result>(
    method: string,
    params: Readonly<Record<string, unknown>> = {},
  ): Promise<Result[]> {
    const sessions = [this.session, ...this.workerSessions];
    return Promise.all(sessions.map((session) => this.pipe.send<Result>(method, params, session)));
  }

  /** Workers that start later are throttled as well, before they run anything. */
  async throttle(throttle: Throttle): Promise<void> {
    this.throttled = throttle;
    await this.send('Emulation.setCPUThrottlingRate', { rate: throttle.cpu });
    for (const session of [this.session, ...this.workerSessions]) await this.throttleNetwork(session);
  }

  /** Runs in every page of this tab before anything of the page does. */
  async beforePages(script: () => void): Promise<void> {
    await this.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${script})()` });
  }

  async navigate(url: string): Promise<void> {
    const { errorText } = await this.send<{ errorText?: string }>('Page.navigate', { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
  }

  /** Calls a function in the page; it may know nothing but its arguments, and may be asynchronous. */
  async call<Args extends readonly unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    const { result, exceptionDetails } = await this.send<{
      result: { value: Result };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    }>('Runtime.evaluate', {
      expression: `(${run})(...${JSON.stringify(args)})`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Everything is sent at once: a worker waits to start until the last of it is done. */
  private async welcome({ sessionId, targetInfo }: Attached): Promise<void> {
    const sent: Promise<unknown>[] = [];
    if (targetInfo.type === 'worker') {
      this.workerSessions.add(sessionId);
      if (this.throttled.network) sent.push(this.throttleNetwork(sessionId));
      sent.push(this.attachWorkersOf(sessionId));
    }
    sent.push(this.pipe.send('Runtime.runIfWaitingForDebugger', {}, sessionId));
    // A worker may be gone before it has heard of all this.
    await Promise.allSettled(sent);
  }

  private attachWorkersOf(session: string): Promise<unknown> {
    const options = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
    return this.pipe.send('Target.setAutoAttach', options, session);
  }

  private throttleNetwork(session: string): Promise<unknown> {
    const { network } = this.throttled;
    const bytes = network ? (network.megabits * 1e6) / 8 : -1;
    const conditions = {
      urlPattern: '',
      latency: network?.roundTrip ?? 0,
      downloadThroughput: bytes,
      uploadThroughput: bytes,
    };
    return Promise.all([
      this.pipe.send('Network.enable', {}, session),
      this.pipe.send(
        'Network.emulateNetworkConditionsByRule',
        { offline: false, matchedNetworkConditions: [conditions] },
        session,
      ),
    ]);
  }
}
