/** What runs in the page: uses it the way a learner does, and takes the time until a frame shows what came of it. */

/** Milliseconds from a click, and frames, until the frame that shows it. */
export interface Shown {
  readonly ms: number;
  /** 1 is the next frame. */
  readonly frames: number;
}

export interface Flip {
  /** The other half of the switch is on. */
  readonly state: Shown;
  /** The figure shows the forward of the other mode. */
  readonly values: Shown;
}

export interface Opening {
  /** Since the navigation began: the frame that first has the switch. */
  readonly switchAt: number;
  /** The click that is made there and then. */
  readonly flip: Flip;
  /** Since the navigation began: the frame that shows what the click changed. */
  readonly usableAt: number;
  /** Of the page's thread, up to then. */
  readonly longestTask: number;
}

export type Level = 'reference' | 'wasm' | 'webgpu';

export interface Probe {
  /** Set when the page has opened and has been clicked once. */
  opening: Opening | null;
  flip(): Promise<Flip>;
  /** Adds a layer, or takes it away again; until the figure has it. */
  edit(how: 'add' | 'remove'): Promise<Shown>;
  /** Once the page has its levels. */
  choose(level: Level): Promise<void>;
  runs(level: Level): boolean;
  /** What the page says of a level on its way. */
  progress(level: Level): string;
  /** Of the page's thread since the last call. */
  longestTask(): number;
}

declare global {
  var probe: Probe;
}

/** Knows nothing but the page: its text is sent to the browser. */
export function installProbe(): void {
  let longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  }).observe({ type: 'longtask', buffered: true });

  /** Looks before each frame, and answers once the first that shows it has been made. */
  const whenShown = (shown: () => boolean, from: number): Promise<Shown> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      let frames = 0;
      const look = () => {
        frames++;
        if (shown()) port2.postMessage(null);
        else requestAnimationFrame(look);
      };
      port1.onmessage = () => {
        port1.close();
        resolve({ ms: performance.now() - from, frames });
      };
      requestAnimationFrame(look);
    });

  const cell = (id: string) => document.getElementById(`cell-${id}`);
  const otherHalf = () => cell('switch')?.querySelector<HTMLInputElement>('input[type=radio]:not(:checked)');
  const isOn = (mode: string) => Boolean(cell('switch')?.querySelector(`fieldset[data-mode=${mode}]`));
  const showsValuesOf = (mode: string) =>
    Boolean(cell('switch')?.querySelector(`figure[data-mode=${mode}] svg`));
  const layersShown = () =>
    cell('switch')?.querySelector('figure svg')?.textContent?.split('ReLU').length ?? 0;
  const levels: readonly Level[] = ['reference', 'wasm', 'webgpu'];
  const levelInput = (level: Level) =>
    document.querySelectorAll<HTMLInputElement>('[data-block=engine] input[type=radio]')[
      levels.indexOf(level)
    ];

  globalThis.probe = {
    opening: null,
    async flip() {
      const mode = otherHalf()?.closest('label')?.textContent?.includes('tudui.eval()') ? 'eval' : 'train';
      const from = performance.now();
      otherHalf()?.click();
      const [state, values] = await Promise.all([
        whenShown(() => isOn(mode), from),
        whenShown(() => isOn(mode) && showsValuesOf(mode), from),
      ]);
      return { state, values };
    },
    edit(how) {
      const [before, from] = [layersShown(), performance.now()];
      const buttons = [...(cell('network')?.querySelectorAll('button') ?? [])];
      const wanted = how === 'add' ? /^Add ReLU/ : /^Remove layer \d+, ReLU/;
      buttons.findLast((button) => wanted.test(button.ariaLabel ?? ''))?.click();
      return whenShown(() => layersShown() !== before, from);
    },
    async choose(level) {
      while (!levelInput(level)) await new Promise(requestAnimationFrame);
      levelInput(level).click();
    },
    runs: (level) => levelInput(level).checked,
    progress: (level) => levelInput(level).closest('label')?.textContent ?? '',
    longestTask() {
      const seen = longest;
      longest = 0;
      return seen;
    },
  };

  // A tab's own blank page has no switch.
  if (location.protocol === 'about:') return;
  void (async () => {
    const { probe } = globalThis;
    const { ms: switchAt } = await whenShown(() => Boolean(otherHalf()), 0);
    const flip = await probe.flip();
    probe.opening = { switchAt, flip, usableAt: performance.now(), longestTask: longest };
  })();
}
